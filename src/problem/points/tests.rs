use super::*;
use proptest::prelude::*;

fn read(text: &str) -> Result<Points, BadPoints> {
    Points::read(text.as_bytes(), &Wanted::default())
}

#[track_caller]
fn refused(text: &str) -> String {
    read(text).expect_err(text).to_string()
}

#[test]
fn tables_are_read_as_spreadsheets_write_them() {
    let wanted =
        Points { places: vec![[0.5, -1.25], [2.0, 3.0], [4.0, 1.5]], labels: Some(vec![0, 1, 0]) };
    for text in [
        "0.5,-1.25,0\n2,3,1\n4,1.5,0\n",
        "x,y,label\n0.5,-1.25,0\n2,3,1\n4,1.5,0",
        "\u{feff}label;x;y\r\ncat;0,5;-1,25\r\ndog;2;3\r\ncat;4,0;1,5\r\n",
        "0.5\t-1.25\ta\n2\t3\tb\n\n4\t1.5\ta\n",
        "0.5  -1.25 a\n2 3   b\n 4 1.5 a\n",
        "\"x\",\"y\",\"species\"\n\"0.5\",\"-1.25\",\"iris, blue\"\n2,3,\"rose\"\n4,1.5,\"iris, blue\"\n",
        "class,time,mass\n-1,0.5,-1.25\n1,2,3\n-1,4,1.5\n",
        // Lines that end in a carriage return alone, and columns of decimal commas with spaces between.
        "x,y,label\r0.5,-1.25,0\r2,3,1\r4,1.5,0\r",
        "0.5 -1.25 a\r2 3 b\r4 1.5 a\r",
        "0,5 -1,25 a\n2,0 3,0 b\n4,0 1,5 a\n",
    ] {
        assert_eq!(read(text).as_ref(), Ok(&wanted), "{text}");
    }
    let pairs = read("x y\n0.5 -1.25\n2 3\n4 1.5").unwrap();
    assert_eq!(pairs, Points { labels: None, ..wanted.clone() });
    let ended = read("0.5,-1.25,\n2,3,\n4,1.5,\n").unwrap();
    assert_eq!(ended, Points { labels: None, ..wanted.clone() });
    // A third column with many numbers is no label.
    assert_eq!(read("0.5,-1.25,7\n2,3,8\n4,1.5,9\n").unwrap().labels, None);
}

#[test]
fn columns_can_be_said() {
    let text = "a,b,c,d\n1,2,3,u\n4,5,6,v\n";
    let said = |word: &str| Some(word.to_owned());
    let wanted = Wanted { x: said("c"), y: said("1"), label: said("d"), ..Wanted::default() };
    let points = Points::read(text.as_bytes(), &wanted).unwrap();
    assert_eq!(points.places, [[3.0, 1.0], [6.0, 4.0]]);
    assert_eq!(points.labels, Some(vec![0, 1]));
    let twice = Wanted { x: said("b"), y: said("2"), ..Wanted::default() };
    let words = Points::read(text.as_bytes(), &twice).unwrap_err().to_string();
    assert!(words.contains("data_x and data_y are both b"), "{words}");
    let wrong = Wanted { x: said("e"), ..Wanted::default() };
    let words = Points::read(text.as_bytes(), &wrong).unwrap_err().to_string();
    assert!(words.contains("data_x = \"e\"") && words.contains("a, b, c, d"), "{words}");
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    for (text, said) in [
        ("", "no row of numbers"),
        ("\n \n", "no row of numbers"),
        ("x,y\n", "no row of numbers"),
        ("1,2\n", "it has 1 point"),
        ("1\n2\n", "one column"),
        ("1,2\n3,4\n5\n", "line 3 has 1 columns where others have 2"),
        ("1,2\n3,NaN\n", "line 2: column 2 = \"NaN\" is no finite number"),
        ("x,y\n1,2\n3,inf\n", "line 3: y = \"inf\""),
        ("x,y\n1,2\n,4\n", "line 3: x = \"\""),
        ("1,2,a\n3,4,b\n5,6,c\n", "more than two values"),
        ("1,2,a\n3,4,a\n", "only the value a"),
        ("1,2,a\n3,4,\n5,6,b\n", "line 2 has no label"),
        ("1e400,2\n2,3\n3,4\n", "line 1: column 1 = \"1e400\" is no finite number"),
        ("1,\"2\n3,4\n5,6\n", "the quote in line 1 is not closed"),
        ("1,2\n3,\"4\n5,6\n7,8\n", "the quote in line 2 is not closed"),
        ("1,5;2,5\n2.5;1,5\n", "line 2: \"2.5\" has a point where the table has decimal commas"),
        ("1,5;2\n1.500;3\n", "line 2: \"1.500\" has a point"),
        ("P\0K\0", "UTF-16"),
        ("\u{7f}ELF\u{2}\u{1}\u{1}\0\0\0\0\0\0\0\0\0\0\0", "export it as CSV"),
        ("PK\u{3}\u{4}", "export it as CSV"),
    ] {
        let words = refused(text);
        assert!(words.contains(said), "{text:?}: {words}");
    }
    let named = Points::read(&b"gr\xf6\xdfe,y\n1,2\n3,4\n"[..], &Wanted::default()).unwrap_err();
    assert!(named.to_string().contains("line 1") && named.to_string().contains("UTF-8"), "{named}");
    let later = Points::read(&b"x,y,z\n1,2,1\n3,4,\xe9\n"[..], &Wanted::default()).unwrap_err();
    assert!(later.to_string().contains("line 3"), "{later}");
    let latin = Points::read(&b"1,2,gr\xfcn\n3,4,rot\n"[..], &Wanted::default()).unwrap_err();
    assert!(latin.to_string().contains("line 1") && latin.to_string().contains("UTF-8"));
}

#[test]
fn labels_of_one_number_are_one_class_however_it_is_written() {
    let points = read("1,2,0\n3,4,1\n5,6,0.0\n7,8,1.00\n").unwrap();
    assert_eq!(points.labels, Some(vec![0, 1, 0, 1]));
    // Three numbers are no classes: the third column is another number of each point.
    assert_eq!(read("1,2,0\n3,4,1\n5,6,2\n").unwrap().labels, None);
}

#[test]
fn a_letter_that_the_first_look_cuts_in_two_is_one() {
    // The look ends after 8192 bytes, here within the two bytes of ä.
    let mut text = String::from("x,y,name\n");
    while text.len() < 8191 - 16 {
        text += "1,2,ab\n";
    }
    let pad = 8191 - text.len() - 4;
    text += &format!("1,2,{}äb\n1,2,ab\n", "a".repeat(pad));
    assert!(std::str::from_utf8(&text.as_bytes()[..8192]).is_err(), "it is cut there");
    assert!(read(&text).is_ok());
}

#[test]
fn a_file_without_end_is_refused_at_its_first_point_too_many() {
    let row = b"0.1,0.2,0\n0.3,0.4,1\n";
    struct Endless(usize);
    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let row = b"0.1,0.2,0\n0.3,0.4,1\n";
            for byte in buffer.iter_mut() {
                *byte = row[self.0 % row.len()];
                self.0 += 1;
            }
            assert!(self.0 < 1_000_000, "it stops in time");
            Ok(buffer.len())
        }
    }
    assert_eq!(row.len(), 20);
    let words = Points::read(Endless(0), &Wanted::default()).unwrap_err().to_string();
    assert!(words.contains("more than 5000 points (line 5001)"), "{words}");
}

proptest! {
    #[test]
    fn points_come_back_from_their_text_bit_for_bit(
        places in prop::collection::vec([-1e12f64..1e12, -1.0f64..1.0], 2..60),
        labelled in any::<bool>(),
    ) {
        let labels = labelled.then(|| (0..places.len()).map(|k| u8::from(k % 3 == 0)).collect());
        let points = Points { places, labels };
        let text = points.text();
        prop_assert!(text.len() < LONGEST);
        let again = Points::of(&text).unwrap();
        prop_assert_eq!(&again, &points);
        prop_assert_eq!(again.text(), text);
    }

    #[test]
    fn no_bytes_break_it(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Points::read(&bytes[..], &Wanted::default());
    }

    #[test]
    fn no_text_that_is_nearly_a_table_breaks_it(text in "[0-9.,;\t \"\nxyab\\-]{0,200}") {
        if let Ok(points) = read(&text) {
            prop_assert_eq!(Points::of(&points.text()), Ok(points));
        }
    }
}
