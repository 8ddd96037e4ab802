//! What is said about runs agrees with gradient flows that were followed by another program.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;
use std::sync::Arc;

use samscope::analysis::basins::{Basins, Destination};
use samscope::analysis::survey::{Survey, thrice};
use samscope::problem::{Formula, landscapes};

fn table(name: &str) -> Vec<csv::StringRecord> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/reference/flow").join(name);
    csv::Reader::from_path(path).unwrap().records().map(Result::unwrap).collect()
}

fn surveyed(landscape: &str) -> Basins {
    let landscape = landscapes::ALL.choose(landscape).unwrap().build();
    let area = thrice(landscape.view().window);
    Survey::of(Arc::new(Formula(landscape)), area)
}

#[test]
fn flows_end_where_those_of_the_reference_end() {
    let mut wrong = Vec::new();
    let mut now = (String::new(), None);
    for row in &table("ends.csv") {
        if now.0 != row[0] {
            now = (row[0].to_owned(), Some(surveyed(&row[0])));
        }
        let basins = now.1.as_mut().unwrap();
        let [x, y, end_x, end_y] = [1, 2, 3, 4].map(|k| row[k].parse::<f64>().unwrap());
        let arrival = basins.flow([x, y]);
        let near = (arrival.at[0] - end_x).abs() <= 1e-6 && (arrival.at[1] - end_y).abs() <= 1e-6;
        if !near || !matches!(arrival.to, Destination::Minimum(_)) {
            wrong.push(format!("{row:?}: {arrival:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
