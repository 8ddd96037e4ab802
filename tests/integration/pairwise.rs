//! Pairwise covering arrays: every two choices meet in some row.

/// Rows in which every level of a choice meets every level of every other, and those of the first two all in all.
pub(crate) fn pairwise<const N: usize>(levels: [usize; N]) -> Vec<[usize; N]> {
    let mut met = std::collections::BTreeSet::new();
    let mut used = std::collections::BTreeMap::new();
    let mut rows: Vec<[usize; N]> = Vec::new();
    let firsts = (0..levels[0]).flat_map(|a| (0..levels[1]).map(move |b| [(0, a), (1, b)]));
    let pairs = (0..levels.len()).flat_map(|i| {
        (i + 1..levels.len()).flat_map(move |j| {
            (0..levels[i]).flat_map(move |a| (0..levels[j]).map(move |b| [(i, a), (j, b)]))
        })
    });
    for wanted in firsts.chain(pairs) {
        if met.contains(&wanted) {
            continue;
        }
        let mut chosen: Vec<(usize, usize)> = wanted.to_vec();
        for (k, &count) in levels.iter().enumerate() {
            if chosen.iter().any(|(of, _)| *of == k) {
                continue;
            }
            let new = |level: usize| {
                let with = |other: &&(usize, usize)| !met.contains(&pair(**other, (k, level)));
                chosen.iter().filter(with).count()
            };
            let rank = |level: &usize| {
                let used = used.get(&(k, *level)).copied().unwrap_or(0);
                (new(*level), std::cmp::Reverse((used, *level)))
            };
            chosen.push((k, (0..count).max_by_key(rank).expect("a choice has a level")));
        }
        let mut row = [0; N];
        for (k, &one) in chosen.iter().enumerate() {
            row[one.0] = one.1;
            *used.entry(one).or_insert(0usize) += 1;
            met.extend(chosen[..k].iter().map(|&other| pair(other, one)));
        }
        rows.push(row);
    }
    rows
}

fn pair(a: (usize, usize), b: (usize, usize)) -> [(usize, usize); 2] {
    if a < b { [a, b] } else { [b, a] }
}

#[test]
fn every_two_choices_meet_in_some_row() {
    let levels = [3, 4, 2, 5, 1, 2, 3, 2, 4];
    let rows = pairwise(levels);
    for i in 0..levels.len() {
        for j in 0..i {
            for (a, b) in (0..levels[i]).flat_map(|a| (0..levels[j]).map(move |b| (a, b))) {
                assert!(rows.iter().any(|row| row[i] == a && row[j] == b), "{i} {a}, {j} {b}");
            }
        }
    }
    assert!(rows.len() < 30, "{} rows", rows.len());
}
