//! How long each stage takes on the seed and on generated plans: `cargo bench --bench stages`.
#![expect(clippy::unwrap_used, reason = "a bench ends where its plan cannot be read")]

mod generate;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use divan::{Bencher, black_box};
use planwright::layout::{LayoutOptions, layout};
use planwright::report::Report;
use planwright::write::{HtmlOptions, PdfOptions, XlsxOptions, html, pdf, xlsx};
use planwright::{Format, ImportOptions, PublishOptions, Published, ReportOptions, Source};

const PLANS: &[&str] = &["seed", "1000", "10000"];

fn main() {
    divan::main();
}

fn text(plan: &str) -> String {
    match plan.parse() {
        Ok(actions) => generate::markdown(actions),
        Err(_) => include_str!("../../fixtures/hampshire-2011/plan.md").to_owned(),
    }
}

fn source(plan: &str) -> Source {
    planwright::read(text(plan).as_bytes(), Format::Markdown).unwrap()
}

fn plan(name: &str) -> Published {
    planwright::publish(
        planwright::import(source(name), &ImportOptions::default()).plan,
        &PublishOptions::internal(),
    )
}

fn report(plan: &Published) -> Report {
    planwright::report(plan, &planwright::review(plan, None), &ReportOptions::default())
}

#[divan::bench(args = PLANS, sample_count = 10, sample_size = 1)]
fn a_read(bencher: Bencher, name: &str) {
    let text = text(name);
    bencher.bench_local(|| planwright::read(black_box(text.as_bytes()), Format::Markdown));
}

#[divan::bench(args = PLANS, sample_count = 10, sample_size = 1)]
fn b_import(bencher: Bencher, name: &str) {
    let source = source(name);
    bencher
        .with_inputs(|| source.clone())
        .bench_local_values(|source| planwright::import(source, &ImportOptions::default()));
}

#[divan::bench(args = PLANS, sample_count = 10, sample_size = 1)]
fn c_review_and_report(bencher: Bencher, name: &str) {
    let plan = plan(name);
    bencher.bench_local(|| report(black_box(&plan)));
}

#[divan::bench(args = PLANS, sample_count = 10, sample_size = 1)]
fn d_json(bencher: Bencher, name: &str) {
    let plan = plan(name);
    bencher.bench_local(|| planwright::json::write(black_box(&plan)));
}

#[divan::bench(args = PLANS, sample_count = 10, sample_size = 1)]
fn e_layout(bencher: Bencher, name: &str) {
    let report = report(&plan(name));
    bencher.bench_local(|| layout(black_box(&report), &LayoutOptions::default()));
}

#[divan::bench(args = PLANS, sample_count = 10, sample_size = 1)]
fn f_pdf(bencher: Bencher, name: &str) {
    let pages = layout(&report(&plan(name)), &LayoutOptions::default());
    bencher.bench_local(|| pdf(black_box(&pages), &PdfOptions::default()));
}

#[divan::bench(args = PLANS, sample_count = 10, sample_size = 1)]
fn g_xlsx(bencher: Bencher, name: &str) {
    let report = report(&plan(name));
    bencher.bench_local(|| xlsx(black_box(&report), &XlsxOptions::default()));
}

#[divan::bench(args = PLANS, sample_count = 10, sample_size = 1)]
fn h_html(bencher: Bencher, name: &str) {
    let report = report(&plan(name));
    bencher.bench_local(|| html(black_box(&report), &HtmlOptions::default()));
}
