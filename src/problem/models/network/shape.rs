//! How many units each layer has, and where their weights lie.

use std::ops::Range;

/// The layers of a network, from the first hidden one to the output.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shape {
    /// How many features an example has.
    pub(super) inputs: usize,
    /// Every layer with weights.
    pub(super) layers: Vec<Layer>,
}

/// One layer's weights: a matrix, row by row, and behind it a bias a row.
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

    /// Where the weights into one unit lie.
    pub(super) fn row(&self, row: usize) -> Range<usize> {
        let first = self.first + row * self.columns;
        first..first + self.columns
    }
}

impl Shape {
    /// So many hidden layers of so many units, and one output.
    pub(super) fn new(inputs: usize, hidden: usize, units: usize) -> Self {
        let sizes: Vec<usize> = std::iter::once(inputs)
            .chain(std::iter::repeat_n(units, hidden))
            .chain(std::iter::once(1))
            .collect();
        let (mut first, mut units_before) = (0, 0);
        let layers = sizes
            .windows(2)
            .map(|pair| {
                let layer = Layer { rows: pair[1], columns: pair[0], first, units_before };
                first = layer.biases().end;
                units_before += layer.rows;
                layer
            })
            .collect();
        Self { inputs, layers }
    }

    /// How many weights there are.
    pub(super) fn dimension(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.biases().end)
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

    /// `W1[1,2]` is the weight from the second input to the first unit.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names = Vec::with_capacity(self.dimension());
        for (l, layer) in self.layers.iter().enumerate() {
            let l = l + 1;
            for row in 1..=layer.rows {
                names.extend((1..=layer.columns).map(|column| format!("W{l}[{row},{column}]")));
            }
            names.extend((1..=layer.rows).map(|row| format!("b{l}[{row}]")));
        }
        names
    }

    /// The weights into each unit, without its bias.
    pub(super) fn filters(&self) -> Vec<Range<usize>> {
        self.layers.iter().flat_map(|layer| (0..layer.rows).map(|row| layer.row(row))).collect()
    }
}
