// How soon a long page answers: opened, and at each key while something is searched for, filtered or sorted.
//
//     node tests/browser/speed.mjs PAGE
//
// A key is answered when the page has been drawn again: the clock runs from the event to the frame after it. It fails beyond 200 ms a key.
// PLAYWRIGHT names a folder whose node_modules holds playwright-core; CHROMIUM the browser, by default /usr/bin/chromium.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const LIMIT = 200;
const { chromium } = createRequire(join(resolve(process.env.PLAYWRIGHT), "package.json"))("playwright-core");
const [file] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(pathToFileURL(resolve(file)).href);
const opened = await page.evaluate(() => {
  addEventListener(
    "input",
    () => {
      performance.mark("key");
      // the frame after the one that the event led to begins when that is drawn
      requestAnimationFrame(() => setTimeout(() => performance.measure("answer", "key")));
    },
    { capture: true },
  );
  const [timing] = performance.getEntriesByType("navigation");
  return timing.domContentLoadedEventEnd;
});
const actions = await page.locator(".plan tbody > tr[id]").count();
console.log(`${actions} actions: opened in ${opened.toFixed(0)} ms`);

const answers = async () => {
  await page.waitForFunction(() => performance.getEntriesByName("answer").length > 0);
  await page.waitForTimeout(100);
  return page.evaluate(() => {
    const all = performance.getEntriesByName("answer").map((entry) => entry.duration);
    performance.clearMeasures();
    return all;
  });
};
let slow = false;
const report = (what, all) => {
  const sorted = [...all].sort((a, b) => a - b);
  const [middle, most] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  slow ||= most > LIMIT;
  console.log(`${what}: ${all.length} answers, ${middle.toFixed(0)} ms in the middle, ${most.toFixed(0)} ms at most${most > LIMIT ? ", too slow" : ""}`);
};

const typed = [];
await page.focus("#find-q");
for (const word of ["audit of care", "zz", "a"]) {
  for (const key of word) {
    await page.keyboard.press(key === " " ? "Space" : key);
    typed.push(...(await answers()));
  }
  for (let i = 0; i < word.length; i += 1) {
    await page.keyboard.press("Backspace");
    typed.push(...(await answers()));
  }
}
report("search", typed);
for (const name of ["owner", "status", "due", "sort"]) {
  if (!(await page.locator(`#find-${name}`).isVisible())) continue;
  const chosen = [];
  await page.focus(`#find-${name}`);
  const values = await page.locator(`#find-${name} option`).evaluateAll((options) => options.map((option) => option.value));
  for (const value of [...values.slice(0, 5), ""]) {
    await page.selectOption(`#find-${name}`, value);
    chosen.push(...(await answers()));
  }
  report(name, chosen);
}
await browser.close();
process.exit(slow ? 1 : 0);
