//! Matrix products, the arithmetic that training spends its time in.
//!
//! Every product of the engine has one of two forms, and in both the operands are read where they stand, without
//! being copied into another order first:
//!
//! - [`multiply`]: c = a b, where b and c are row-major and a is row-major or transposed. A tile of c stays in
//!   registers while a row of b after the other is multiplied by one number of a and added to it.
//! - [`super::dots::multiply_rows`]: c = a b^T, all row-major: dot products of rows, four partial sums each.
//!
//! The loops are written over short arrays of fixed length, which the compiler turns into 128-bit vector
//! instructions (SSE2, `simd128`, NEON). Multiplication and addition are rounded one after the other, never fused,
//! and the order of the sum of one element of c depends on the depth alone, not on tile, batch size or machine: the
//! same numbers in, the same bits out, natively and in every browser, for an image alone or in a batch.
//! Nothing is allocated. In WASM the compiler vectorises only with `-C target-feature=+simd128`.
//!
//! Why not a crate: `gemm` 0.19 is strict in WASM too (multiply, then add; tiles from constants), but it allocates on
//! every call, chooses its blocks natively from the caches it finds and another kernel for a single row, so an
//! image's bits depend on machine and batch. In WASM it was slower at most shapes of these networks, not for one image.

/// How a factor stands in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Row after row.
    RowMajor,
    /// Column after column: the row-major transpose.
    Transposed,
}

/// What becomes of the numbers that the destination holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// c = a b
    Overwrite,
    /// c = c + a b
    Add,
}

/// Sizes of a product: c (rows, columns) = a (rows, depth) b (depth, columns).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub rows: usize,
    pub depth: usize,
    pub columns: usize,
}

/// c = a b, or c = c + a b.
///
/// # Shapes
/// a (row, depth) in the given order, b (depth, column), c (row, column).
pub(crate) fn multiply(
    size: Size,
    a: &[f32],
    order: Order,
    b: &[f32],
    c: &mut [f32],
    destination: Destination,
) {
    let Size {
        rows,
        depth,
        columns,
    } = size;
    assert_eq!(
        (a.len(), b.len(), c.len()),
        (rows * depth, depth * columns, rows * columns),
        "{size:?}"
    );
    let product = Product {
        size,
        a,
        b,
        c,
        destination,
    };
    match order {
        Order::RowMajor => product.run::<false>(),
        Order::Transposed => product.run::<true>(),
    }
}

struct Product<'a> {
    size: Size,
    a: &'a [f32],
    b: &'a [f32],
    c: &'a mut [f32],
    destination: Destination,
}

/// Numbers of b that a block of columns may hold, 16 kB: half of a small first-level cache.
const COLUMN_BLOCK: usize = 4096;

impl Product<'_> {
    fn run<const TRANSPOSED: bool>(mut self) {
        // A block of columns of b stays in the first-level cache while all rows of a pass over it.
        let block = (COLUMN_BLOCK / self.size.depth.max(1)).max(32) / 32 * 32;
        for start in (0..self.size.columns).step_by(block) {
            let end = (start + block).min(self.size.columns);
            for row in (0..self.size.rows).step_by(4) {
                // Eight 128-bit accumulators: enough to hide the latency of an addition, few enough for the registers.
                match self.size.rows - row {
                    1 => self.strip::<TRANSPOSED, 1, 32>(row, start, end),
                    2 => self.strip::<TRANSPOSED, 2, 16>(row, start, end),
                    3 => self.strip::<TRANSPOSED, 3, 8>(row, start, end),
                    _ => self.strip::<TRANSPOSED, 4, 8>(row, start, end),
                }
            }
        }
    }

    /// Rows `row..row + ROWS` of c, columns `column..end`, in tiles of WIDTH columns and what remains in narrower ones.
    fn strip<const TRANSPOSED: bool, const ROWS: usize, const WIDTH: usize>(
        &mut self,
        row: usize,
        mut column: usize,
        end: usize,
    ) {
        while column + WIDTH <= end {
            self.tile::<TRANSPOSED, ROWS, WIDTH>(row, column);
            column += WIDTH;
        }
        while column + 8 <= end {
            self.tile::<TRANSPOSED, ROWS, 8>(row, column);
            column += 8;
        }
        while column + 4 <= end {
            self.tile::<TRANSPOSED, ROWS, 4>(row, column);
            column += 4;
        }
        while column < end {
            self.tile::<TRANSPOSED, ROWS, 1>(row, column);
            column += 1;
        }
    }

    #[inline(always)]
    fn tile<const TRANSPOSED: bool, const ROWS: usize, const WIDTH: usize>(
        &mut self,
        row: usize,
        column: usize,
    ) {
        let Size {
            rows,
            depth,
            columns,
        } = self.size;
        let mut sums = [[0.0_f32; WIDTH]; ROWS];
        if TRANSPOSED {
            for (a, b) in self.a.chunks_exact(rows).zip(self.b.chunks_exact(columns)) {
                let a: &[f32; ROWS] = a[row..row + ROWS].try_into().expect("ROWS long");
                let b: &[f32; WIDTH] = b[column..column + WIDTH].try_into().expect("WIDTH long");
                for i in 0..ROWS {
                    for j in 0..WIDTH {
                        sums[i][j] += a[i] * b[j];
                    }
                }
            }
        } else {
            let a: [&[f32]; ROWS] = std::array::from_fn(|i| &self.a[(row + i) * depth..][..depth]);
            for (k, b) in self.b.chunks_exact(columns).enumerate() {
                let b: &[f32; WIDTH] = b[column..column + WIDTH].try_into().expect("WIDTH long");
                for i in 0..ROWS {
                    let a = a[i][k];
                    for j in 0..WIDTH {
                        sums[i][j] += a * b[j];
                    }
                }
            }
        }
        for (i, sums) in sums.iter().enumerate() {
            let target: &mut [f32] = &mut self.c[(row + i) * columns + column..][..WIDTH];
            match self.destination {
                Destination::Overwrite => target.copy_from_slice(sums),
                Destination::Add => target.iter_mut().zip(sums).for_each(|(c, sum)| *c += sum),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Destination, Order, Size, multiply};
    use crate::engine::dots::multiply_rows;

    /// Whole numbers small enough that every sum is exact in f32: any order of summation must give the same bits.
    fn whole(count: usize, step: usize) -> Vec<f32> {
        (0..count)
            .map(|index| ((index * step + 3) % 17) as f32 - 8.0)
            .collect()
    }

    fn transposed(values: &[f32], rows: usize, columns: usize) -> Vec<f32> {
        (0..rows * columns)
            .map(|index| values[index % rows * columns + index / rows])
            .collect()
    }

    #[test]
    fn every_form_agrees_with_the_definition_at_every_edge_of_the_tiles() {
        for rows in 1..=9 {
            for columns in (1..=21).chain([33, 47]) {
                for depth in [1, 2, 3, 4, 5, 8, 13] {
                    let size = Size {
                        rows,
                        depth,
                        columns,
                    };
                    let (a, b, start) = (
                        whole(rows * depth, 5),
                        whole(depth * columns, 7),
                        whole(rows * columns, 3),
                    );
                    for (destination, kept) in
                        [(Destination::Overwrite, 0.0), (Destination::Add, 1.0)]
                    {
                        let expected: Vec<f32> = (0..rows * columns)
                            .map(|cell| {
                                let (row, column) = (cell / columns, cell % columns);
                                let terms = (0..depth)
                                    .map(|k| a[row * depth + k] * b[k * columns + column]);
                                kept * start[cell] + terms.sum::<f32>()
                            })
                            .collect();
                        let mut c = start.clone();
                        multiply(size, &a, Order::RowMajor, &b, &mut c, destination);
                        assert_eq!(c, expected, "{size:?}");
                        let mut c = start.clone();
                        let a_transposed = transposed(&a, rows, depth);
                        multiply(
                            size,
                            &a_transposed,
                            Order::Transposed,
                            &b,
                            &mut c,
                            destination,
                        );
                        assert_eq!(c, expected, "transposed, {size:?}");
                        let mut c = start.clone();
                        multiply_rows(
                            size,
                            &a,
                            &transposed(&b, depth, columns),
                            &mut c,
                            destination,
                        );
                        assert_eq!(c, expected, "rows, {size:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn an_example_has_the_same_bits_alone_and_in_a_batch() {
        let size = Size {
            rows: 7,
            depth: 541,
            columns: 23,
        };
        let irregular =
            |count: usize| -> Vec<f32> { (0..count).map(|i| (i as f32 * 0.37).sin()).collect() };
        let (a, b) = (irregular(7 * 541), irregular(541 * 23));
        let (mut together, mut together_rows) = (vec![0.0; 7 * 23], vec![0.0; 7 * 23]);
        multiply(
            size,
            &a,
            Order::RowMajor,
            &b,
            &mut together,
            Destination::Overwrite,
        );
        multiply_rows(size, &a, &b, &mut together_rows, Destination::Overwrite);
        for row in 0..7 {
            let mut alone = vec![0.0; 23];
            let (one, image) = (Size { rows: 1, ..size }, &a[row * 541..][..541]);
            multiply(
                one,
                image,
                Order::RowMajor,
                &b,
                &mut alone,
                Destination::Overwrite,
            );
            assert_eq!(alone, together[row * 23..][..23]);
            multiply_rows(one, image, &b, &mut alone, Destination::Overwrite);
            assert_eq!(alone, together_rows[row * 23..][..23]);
        }
    }
}
