//! MT19937, the generator of NumPy's `RandomState` and of Python's `random`: needed to repeat runs that were made with
//! them, number by number. What is new here draws from [`super::random::Rng`].
//!
//! Source: M. Matsumoto and T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998), and their `mt19937ar.c` (2002).

/// Words of the state.
const WORDS: usize = 624;
/// Distance of the words that are mixed.
const MIDDLE: usize = 397;

/// The generator: 624 words of 32 bits, of which each is given out once before all are mixed anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MersenneTwister {
    state: [u32; WORDS],
    /// Next word to give out.
    place: usize,
}

impl MersenneTwister {
    /// Seeded by one word: `init_genrand`, as NumPy's `RandomState(seed)` does.
    pub fn from_word(seed: u32) -> Self {
        let mut state = [seed; WORDS];
        for i in 1..WORDS {
            let before = state[i - 1];
            state[i] = 1_812_433_253_u32
                .wrapping_mul(before ^ (before >> 30))
                .wrapping_add(i as u32);
        }
        Self {
            state,
            place: WORDS,
        }
    }

    /// Seeded by a row of words: `init_by_array`, as Python's `random.seed(integer)` does with the integer's 32-bit digits,
    /// the lowest first.
    ///
    /// # Panics
    /// If the row is empty.
    pub fn from_words(key: &[u32]) -> Self {
        assert!(!key.is_empty(), "a key has words");
        let mut twister = Self::from_word(19_650_218);
        let state = &mut twister.state;
        let mut i = 1;
        // From one word to the next; behind the last comes the second, after the first has become the last.
        let next = |state: &mut [u32; WORDS], i: usize| {
            if i + 1 < WORDS {
                return i + 1;
            }
            state[0] = state[WORDS - 1];
            1
        };
        let mixed = |before: u32| before ^ (before >> 30);
        for step in 0..WORDS.max(key.len()) {
            let j = step % key.len();
            state[i] = (state[i] ^ mixed(state[i - 1]).wrapping_mul(1_664_525))
                .wrapping_add(key[j])
                .wrapping_add(j as u32);
            i = next(state, i);
        }
        for _ in 1..WORDS {
            state[i] =
                (state[i] ^ mixed(state[i - 1]).wrapping_mul(1_566_083_941)).wrapping_sub(i as u32);
            i = next(state, i);
        }
        state[0] = 1 << 31;
        twister
    }

    /// The next 32 bits.
    pub fn next_word(&mut self) -> u32 {
        if self.place == WORDS {
            self.twist();
        }
        let mut word = self.state[self.place];
        self.place += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    /// The next number in `[0, 1[`: a multiple of 2^-53, from the upper 27 and 26 bits of two words.
    pub fn next_unit(&mut self) -> f64 {
        let upper = f64::from(self.next_word() >> 5);
        let lower = f64::from(self.next_word() >> 6);
        (upper * 67_108_864.0 + lower) / 9_007_199_254_740_992.0
    }

    fn twist(&mut self) {
        for i in 0..WORDS {
            let joined =
                (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % WORDS] & 0x7fff_ffff);
            let matrix = if joined & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[i] = self.state[(i + MIDDLE) % WORDS] ^ (joined >> 1) ^ matrix;
        }
        self.place = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::MersenneTwister;

    /// The authors' own test values: `genrand_int32` after `init_by_array({0x123, 0x234, 0x345, 0x456})` gives
    /// 1067595299, 955945823, 477289528, ...; the default seed 5489 gives 3499211612 first and 4123659995 as its 10,000th (the
    /// number that the C++ standard demands of `std::mt19937`).
    #[test]
    fn it_gives_the_words_of_the_reference_program() {
        let mut by_key = MersenneTwister::from_words(&[0x123, 0x234, 0x345, 0x456]);
        let first: Vec<u32> = (0..5).map(|_| by_key.next_word()).collect();
        assert_eq!(
            first,
            [
                1_067_595_299,
                955_945_823,
                477_289_528,
                4_107_218_783,
                4_228_976_476
            ]
        );
        let mut by_word = MersenneTwister::from_word(5489);
        let words: Vec<u32> = (0..10_000).map(|_| by_word.next_word()).collect();
        assert_eq!((words[0], words[9_999]), (3_499_211_612, 4_123_659_995));
    }
}
