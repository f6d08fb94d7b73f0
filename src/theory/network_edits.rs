//! Edits of a network of perceptrons: every edit leaves a network within the bounds, the next layer adapted, or
//! refuses.

use super::perceptron::{
    MAX_INPUTS, MAX_LAYERS, MAX_NEURONS, NetworkError, NeuronId, Perceptron, PerceptronNetwork,
    check_number, pass_through,
};

impl PerceptronNetwork {
    /// Sets w_ji of neuron `id` for its input `input`. Errors if the number is not finite or too large.
    pub fn set_weight(
        &mut self,
        id: NeuronId,
        input: usize,
        value: f64,
    ) -> Result<(), NetworkError> {
        check_number(value)?;
        self.layers[id.layer][id.neuron].weights[input] = value;
        Ok(())
    }

    /// Sets b_j of neuron `id`. Errors if the number is not finite or too large.
    pub fn set_bias(&mut self, id: NeuronId, value: f64) -> Result<(), NetworkError> {
        check_number(value)?;
        self.layers[id.layer][id.neuron].bias = value;
        Ok(())
    }

    /// Adds an input, the last; no neuron listens to it yet (weight 0), so the outputs stay. Errors at [`MAX_INPUTS`].
    pub fn add_input(&mut self) -> Result<(), NetworkError> {
        if self.inputs == MAX_INPUTS {
            return Err(NetworkError::Inputs(self.inputs + 1));
        }
        self.inputs += 1;
        self.resize_fan_in(0);
        Ok(())
    }

    /// Removes input `input` and the weights on it. Errors if it is the only one.
    pub fn remove_input(&mut self, input: usize) -> Result<(), NetworkError> {
        assert!(input < self.inputs, "there are {} inputs", self.inputs);
        if self.inputs == 1 {
            return Err(NetworkError::Inputs(0));
        }
        self.inputs -= 1;
        for unit in &mut self.layers[0] {
            unit.weights.remove(input);
        }
        Ok(())
    }

    /// Adds a neuron, the last of `layer`: an OR of what it sees (weights 1, bias -1/2). The next layer does not
    /// listen to it yet (weight 0), so the outputs stay; in the last layer it is a new output. Errors at
    /// [`MAX_NEURONS`].
    pub fn add_neuron(&mut self, layer: usize) -> Result<(), NetworkError> {
        let neurons = self.layers[layer].len();
        if neurons == MAX_NEURONS {
            return Err(NetworkError::Neurons {
                layer,
                neurons: neurons + 1,
            });
        }
        let unit = Perceptron::new(vec![1.0; self.fan_in(layer)], -0.5);
        self.layers[layer].push(unit);
        self.resize_fan_in(layer + 1);
        Ok(())
    }

    /// Removes a neuron and the next layer's weights on it. Errors if it is the only one of its layer.
    pub fn remove_neuron(&mut self, id: NeuronId) -> Result<(), NetworkError> {
        if self.layers[id.layer].len() == 1 {
            return Err(NetworkError::Neurons {
                layer: id.layer,
                neurons: 0,
            });
        }
        self.layers[id.layer].remove(id.neuron);
        for unit in self.layers.get_mut(id.layer + 1).into_iter().flatten() {
            unit.weights.remove(id.neuron);
        }
        Ok(())
    }

    /// Inserts a layer before layer `at` (at the end: `at` = number of layers) that passes every value through, see
    /// [`pass_through`]: on Boolean values the outputs stay. Before the first layer it turns a real input into 1 if
    /// it is above 1/2, else 0. Errors at [`MAX_LAYERS`].
    pub fn insert_layer(&mut self, at: usize) -> Result<(), NetworkError> {
        if self.layers.len() == MAX_LAYERS {
            return Err(NetworkError::Layers(MAX_LAYERS + 1));
        }
        let width = if at == self.layers.len() {
            self.outputs()
        } else {
            self.fan_in(at)
        };
        self.layers
            .insert(at, (0..width).map(|i| pass_through(width, i)).collect());
        Ok(())
    }

    /// Removes layer `at`. The next layer keeps its weights on the neurons that stand at the same place in what it
    /// sees now; where it sees fewer, the rest is cut, where more, the new weights are 0. Errors if it is the only
    /// layer.
    pub fn remove_layer(&mut self, at: usize) -> Result<(), NetworkError> {
        if self.layers.len() == 1 {
            return Err(NetworkError::Layers(0));
        }
        self.layers.remove(at);
        self.resize_fan_in(at);
        Ok(())
    }

    /// Gives each neuron of `layer`, if there is one, as many weights as it sees values.
    fn resize_fan_in(&mut self, layer: usize) {
        if layer < self.layers.len() {
            let fan_in = self.fan_in(layer);
            self.layers[layer]
                .iter_mut()
                .for_each(|unit| unit.weights.resize(fan_in, 0.0));
        }
    }
}
