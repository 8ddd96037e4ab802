fn main() {
    let scene = samscope::scene::builtin::opening();
    if let Err(error) = samscope::app::run(scene) {
        panic!("{error}");
    }
}
