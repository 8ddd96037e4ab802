//! How many units each layer has, and where their weights lie.

use std::ops::Range;

use super::batchwise::EPSILON;

/// The layers of a network, from the first hidden one to the output.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shape {
    /// How many features an example has.
    pub(super) inputs: usize,
    /// Every layer with weights.
    pub(super) layers: Vec<Layer>,
}

/// One layer's weights: a matrix, row by row, behind it a bias a row, and behind these a gain a row where the units are
/// normalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layer {
    /// Units of this layer.
    pub(super) rows: usize,
    /// Units of the layer before.
    pub(super) columns: usize,
    /// Where its weights begin.
    pub(super) first: usize,
    /// How many hidden units lie in the layers before this one's own.
    pub(super) units_before: usize,
    /// Whether its units are normalised over the batch.
    pub(super) normalised: bool,
}

impl Layer {
    /// Where the matrix lies.
    pub(super) fn weights(&self) -> Range<usize> {
        self.first..self.first + self.rows * self.columns
    }

    /// Where the biases lie.
    pub(super) fn biases(&self) -> Range<usize> {
        let first = self.weights().end;
        first..first + self.rows
    }

    /// Where the gains lie; empty where the units are not normalised.
    pub(super) fn gains(&self) -> Range<usize> {
        let first = self.biases().end;
        first..if self.normalised { first + self.rows } else { first }
    }

    /// Where the weights into one unit lie.
    pub(super) fn row(&self, row: usize) -> Range<usize> {
        let first = self.first + row * self.columns;
        first..first + self.columns
    }
}

impl Shape {
    /// So many hidden layers of so many units, and one output.
    pub(super) fn new(inputs: usize, hidden: usize, units: usize) -> Self {
        Self::laid_out(inputs, hidden, units, 0)
    }

    /// The same with all hidden units normalised.
    pub(super) fn normalised(inputs: usize, hidden: usize, units: usize) -> Self {
        Self::laid_out(inputs, hidden, units, hidden)
    }

    fn laid_out(inputs: usize, hidden: usize, units: usize, normalised: usize) -> Self {
        let sizes: Vec<usize> = std::iter::once(inputs)
            .chain(std::iter::repeat_n(units, hidden))
            .chain(std::iter::once(1))
            .collect();
        let (mut first, mut units_before) = (0, 0);
        let layers = sizes
            .windows(2)
            .enumerate()
            .map(|(l, pair)| {
                let normalised = l < normalised;
                let layer =
                    Layer { rows: pair[1], columns: pair[0], first, units_before, normalised };
                first = layer.gains().end;
                units_before += layer.rows;
                layer
            })
            .collect();
        Self { inputs, layers }
    }

    /// How many weights there are.
    pub(super) fn dimension(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.gains().end)
    }

    /// The hidden layers, and the output.
    pub(super) fn split(&self) -> (&[Layer], Layer) {
        let (output, hidden) = self.layers.split_last().expect("a network has an output");
        (hidden, *output)
    }

    /// How many hidden units there are.
    pub(super) fn units(&self) -> usize {
        self.split().1.units_before
    }

    /// The widest layer, inputs included.
    pub(super) fn widest(&self) -> usize {
        self.layers.iter().map(|layer| layer.rows.max(layer.columns)).max().unwrap_or(0)
    }

    /// The network without normalization that predicts what this one does after training.
    ///
    /// ```text
    /// W ← γ/√(v + 1e-5) W,     b ← b − γ m/√(v + 1e-5)
    /// ```
    ///
    /// `statistics` are the means `m` of all hidden units and then their variances `v`.
    pub(super) fn folded(&self, w: &[f64], statistics: &[f64]) -> (Self, Vec<f64>) {
        let (hidden, _) = self.split();
        let units = hidden.first().map_or(0, |layer| layer.rows);
        let plain = Self::new(self.inputs, hidden.len(), units);
        let mut folded = vec![0.0; plain.dimension()];
        let (means, variances) = statistics.split_at(statistics.len() / 2);
        for (layer, to) in self.layers.iter().zip(&plain.layers) {
            folded[to.weights()].copy_from_slice(&w[layer.weights()]);
            folded[to.biases()].copy_from_slice(&w[layer.biases()]);
            for row in 0..layer.gains().len() {
                let unit = layer.units_before + row;
                let scale = w[layer.gains()][row] / libm::sqrt(variances[unit] + EPSILON);
                folded[to.row(row)].iter_mut().for_each(|w| *w *= scale);
                folded[to.biases().start + row] -= scale * means[unit];
            }
        }
        (plain, folded)
    }

    /// `W1[1,2]` is the weight from the second input to the first unit.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names = Vec::with_capacity(self.dimension());
        for (l, layer) in self.layers.iter().enumerate() {
            let l = l + 1;
            for row in 1..=layer.rows {
                names.extend((1..=layer.columns).map(|column| format!("W{l}[{row},{column}]")));
            }
            names.extend((1..=layer.rows).map(|row| format!("b{l}[{row}]")));
            names.extend((1..=layer.gains().len()).map(|row| format!("γ{l}[{row}]")));
        }
        names
    }

    /// The weights into each unit, without its bias.
    pub(super) fn filters(&self) -> Vec<Range<usize>> {
        self.layers.iter().flat_map(|layer| (0..layer.rows).map(|row| layer.row(row))).collect()
    }
}
