//! What stands in another order than before.

/// For each of some positions whether it is out of order: the fewest that must be taken away for
/// the others to ascend.
pub(super) fn misplaced(positions: &[usize]) -> Vec<bool> {
    // the longest ascending run through them (Schensted): for each length, where the run of it ends
    // that ends lowest
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(positions.len());
    for (i, position) in positions.iter().enumerate() {
        let length = ends.partition_point(|end| positions[*end] < *position);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = i,
            None => ends.push(i),
        }
    }
    let mut misplaced = vec![true; positions.len()];
    let mut in_order = ends.last().copied();
    while let Some(i) = in_order {
        misplaced[i] = false;
        in_order = before[i];
    }
    misplaced
}

#[cfg(test)]
mod tests {
    use super::misplaced;

    #[test]
    fn one_that_was_moved_is_the_only_one_out_of_order() {
        assert_eq!(misplaced(&[1, 2, 3, 0, 4]), [false, false, false, true, false]);
        assert_eq!(misplaced(&[4, 0, 1, 2, 3]), [true, false, false, false, false]);
        assert_eq!(misplaced(&[0, 5, 9]), [false; 3]);
        assert!(misplaced(&[]).is_empty());
    }
}
