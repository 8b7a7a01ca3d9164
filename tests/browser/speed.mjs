// How soon a long page answers: opened, and at each key while something is searched for, filtered or sorted.
//
//     node tests/browser/speed.mjs PAGE...
//
// A key is answered when the page has been drawn again: the browser's own marks are set at the event and in the frame after the one that it
// led to. Beside the time on the clock stands the processor time that the page's thread took for it, which a busy machine does not lengthen.
// It fails beyond 200 ms a key. PLAYWRIGHT names a folder whose node_modules holds playwright-core; CHROMIUM the browser, by default
// /usr/bin/chromium.
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const LIMIT = 200;
const { chromium } = createRequire(join(resolve(process.env.PLAYWRIGHT), "package.json"))("playwright-core");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
let slow = false;

async function judge(file) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(120_000);
  const thread = await page.context().newCDPSession(page);
  await thread.send("Performance.enable", { timeDomain: "threadTicks" });
  const processor = async () => {
    const { metrics } = await thread.send("Performance.getMetrics");
    return metrics.find((metric) => metric.name === "TaskDuration").value * 1000;
  };
  await page.addInitScript(() => {
    // the frame after the one that the event led to begins when that is drawn
    const drawn = (then) => requestAnimationFrame(() => setTimeout(then));
    addEventListener("load", () => drawn(() => performance.measure("opened")));
    addEventListener(
      "input",
      () => {
        performance.mark("key");
        drawn(() => performance.measure("answer", "key"));
      },
      { capture: true },
    );
  });
  await page.goto(pathToFileURL(resolve(file)).href);
  const measured = async (name) => {
    await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, name);
    return page.evaluate((name) => {
      const all = performance.getEntriesByName(name).map((entry) => entry.duration);
      performance.clearMeasures(name);
      return all;
    }, name);
  };
  const [opened] = await measured("opened");
  const actions = await page.locator(".plan tbody > tr[id]").count();
  console.log(`${file}: ${actions} actions, opened and drawn in ${opened.toFixed(0)} ms, ${(await processor()).toFixed(0)} ms of them the page's thread`);
  // whoever types has read something first; what the page does then is no part of an answer
  await page.waitForTimeout(2000);

  const answers = async (act) => {
    const before = await processor();
    await act();
    const all = await measured("answer");
    const took = (await processor()) - before;
    await page.waitForTimeout(400);
    return all.map((answer) => ({ answer, took: took / all.length }));
  };
  const report = (what, all) => {
    const middleAndMost = (of) => {
      const sorted = all.map((one) => one[of]).sort((a, b) => a - b);
      return [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
    };
    const [[middle, most], [tookMiddle, tookMost]] = [middleAndMost("answer"), middleAndMost("took")];
    slow ||= most > LIMIT;
    const said = `${middle.toFixed(0)} ms in the middle, ${most.toFixed(0)} ms at most${most > LIMIT ? ", too slow" : ""}`;
    console.log(`  ${what}: ${all.length} answers, ${said}; the page's thread ${tookMiddle.toFixed(0)} and ${tookMost.toFixed(0)} ms`);
  };

  const typed = [];
  await page.focus("#find-q");
  for (const word of ["audit of care", "zz", "a"]) {
    for (const key of word) typed.push(...(await answers(() => page.keyboard.press(key === " " ? "Space" : key))));
    for (let i = 0; i < word.length; i += 1) typed.push(...(await answers(() => page.keyboard.press("Backspace"))));
  }
  report("search", typed);
  for (const name of ["owner", "status", "due", "sort"]) {
    if (!(await page.locator(`#find-${name}`).isVisible())) continue;
    const chosen = [];
    await page.focus(`#find-${name}`);
    const choices = Math.min(5, (await page.locator(`#find-${name} option`).count()) - 1);
    for (let i = 0; i < choices; i += 1) chosen.push(...(await answers(() => page.keyboard.press("ArrowDown"))));
    chosen.push(...(await answers(() => page.keyboard.press("Home"))));
    report(name, chosen);
  }
  await page.close();
}

for (const file of process.argv.slice(2)) await judge(file);
await browser.close();
process.exit(slow ? 1 : 0);
