//! Every step of all runs as comma-separated values.
//!
//! One row a run and step, from step 0, the start, on. Numbers have 17 significant digits, so that they come back bit
//! for bit.
//!
//! ```text
//! run,step,gradients,loss,grad_norm,w0,w1,…,g0,…,eps0,…,adv_loss,gs0,…,proxy,gap
//! ```
//!
//! Where data were set aside for testing, a column `test_loss` follows; where units are normalised, their running
//! statistics `mean0,mean1,…,var0,var1,…` come last.

use crate::engine::products::comparison::Comparison;
use crate::optim::trajectory::Trajectory;

/// The whole table.
#[must_use]
pub fn write(comparison: &Comparison) -> Vec<u8> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let dimension = comparison.problem.objective.dimension();
    let mut header = columns(dimension);
    if comparison.problem.test.is_some() {
        header.push("test_loss".to_owned());
    }
    let first = comparison.runs.iter().find_map(|run| run.row(0));
    let normalised = first.map_or(0, |row| row.statistics.len() / 2);
    for stem in ["mean", "var"] {
        header.extend((0..normalised).map(|unit| format!("{stem}{unit}")));
    }
    // Writing to memory cannot fail, and every record has the header's length.
    let _ = table.write_record(&header);
    for (named, run) in comparison.scene.runs.iter().zip(&comparison.runs) {
        for record in records(named.name.as_str(), run) {
            let _ = table.write_record(&record);
        }
    }
    table.into_inner().unwrap_or_default()
}

fn columns(dimension: usize) -> Vec<String> {
    let numbered = |stem: &'static str| (0..dimension).map(move |k| format!("{stem}{k}"));
    let named = |names: &'static [&'static str]| names.iter().map(|&name| name.to_owned());
    named(&["run", "step", "gradients", "loss", "grad_norm"])
        .chain(numbered("w"))
        .chain(numbered("g"))
        .chain(numbered("eps"))
        .chain(named(&["adv_loss"]))
        .chain(numbered("gs"))
        .chain(named(&["proxy", "gap"]))
        .collect()
}

fn records<'a>(name: &'a str, run: &'a Trajectory) -> impl Iterator<Item = Vec<String>> + 'a {
    run.iter().enumerate().map(move |(step, row)| {
        let numbers = row.numbers;
        let mut record = vec![
            name.to_owned(),
            step.to_string(),
            numbers.gradients.to_string(),
            exact(numbers.loss),
            exact(numbers.gradient_norm),
        ];
        record.extend(row.w.iter().map(|&x| exact(x)));
        record.extend(row.gradient.iter().map(|&x| exact(x)));
        record.extend(row.epsilon.iter().map(|&x| exact(x)));
        record.push(exact(numbers.adversarial_loss));
        record.extend(row.gradient_there.iter().map(|&x| exact(x)));
        record.extend([exact(numbers.proxy), exact(numbers.gap())]);
        record.extend(numbers.test_loss.map(exact));
        record.extend(row.statistics.iter().map(|&x| exact(x)));
        record
    })
}

/// A number with 17 significant digits, which is enough for any f64 to come back.
#[must_use]
pub fn exact(number: f64) -> String {
    let digits = format!("{number:.16e}");
    debug_assert_eq!(digits.parse(), Ok(number), "17 digits bring an f64 back");
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back_bit_for_bit(number in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL) {
            prop_assert_eq!(exact(number).parse::<f64>().unwrap().to_bits(), number.to_bits());
        }
    }
}
