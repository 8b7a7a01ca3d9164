// Pages as people with different eyes, hands and screens have them: axe in both colour schemes on narrow and wide screens, nothing to scroll
// sideways for, a focus that is seen and that nothing covers, targets that can be hit.
//
//     node tests/browser/access.mjs PAGE...
//
// PLAYWRIGHT names a folder whose node_modules holds playwright-core and axe-core; CHROMIUM the browser, by default /usr/bin/chromium.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const need = createRequire(join(resolve(process.env.PLAYWRIGHT), "package.json"));
const { chromium } = need("playwright-core");
const axe = readFileSync(need.resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
let faults = 0;

// a screen of 1280 pixels at 400 % is one of 320 (WCAG 2.2, 1.4.10)
const screens = [
  { width: 320, height: 640, colorScheme: "light" },
  { width: 320, height: 640, colorScheme: "dark" },
  { width: 1280, height: 800, colorScheme: "light" },
  { width: 1280, height: 800, colorScheme: "dark" },
];

// what is too wide for the screen, but for tables in a part that scrolls by itself
const wide = () => {
  const room = document.documentElement.clientWidth;
  const isOut = (e) => e.getClientRects().length && e.getBoundingClientRect().right > room + 1 && e.getBoundingClientRect().width > 1;
  const out = [...document.querySelectorAll("body *")].filter((e) => isOut(e) && !e.closest(".data *, .skip"));
  return document.documentElement.scrollWidth > room ? ["the page", ...out.slice(0, 3).map((e) => e.outerHTML.slice(0, 80))] : [];
};

// links in a line of text may be as high as the line is (WCAG 2.2, 2.5.8)
const small = () =>
  [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((e) => e.getClientRects().length && !e.matches(".skip") && getComputedStyle(e).display !== "inline")
    .filter((e) => e.getBoundingClientRect().width < 24 || e.getBoundingClientRect().height < 24)
    .map((e) => e.outerHTML.slice(0, 80));

// the element that has the focus, if any of it is covered or nothing shows that it has it
const covered = () => {
  const e = document.activeElement;
  if (!e || e === document.body) return { end: true };
  const box = e.getBoundingClientRect();
  const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
  const [right, bottom] = [Math.min(box.right, innerWidth), Math.min(box.bottom, innerHeight)];
  const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [left + (right - left) * x, top + (bottom - top) * y]));
  const isOwn = ([x, y]) => {
    const at = document.elementFromPoint(x, y);
    return at && (e.contains(at) || at.contains(e));
  };
  const style = getComputedStyle(e);
  const looks = style.outlineStyle !== "none" || style.boxShadow !== "none";
  const seen = right > left && bottom > top && points.filter(isOwn).length;
  return { html: e.outerHTML.slice(0, 80), hidden: !seen, partly: seen < points.length && e.getClientRects().length === 1, unmarked: !looks };
};

async function judge(file, screen) {
  const { colorScheme, ...viewport } = screen;
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  const fault = (what) => {
    faults += 1;
    console.log(`${file} at ${viewport.width}, ${colorScheme}: ${what}`);
  };
  await page.goto(pathToFileURL(resolve(file)).href);
  await page.evaluate(axe);
  const result = await page.evaluate((only) => window.axe.run(document, { runOnly: only, resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }), rules);
  for (const { id, help, nodes } of result.violations) fault(`axe ${id}, ${nodes.length} times: ${help} @ ${nodes[0].target.join(" ")}`);
  for (const what of await page.evaluate(wide)) fault(`too wide: ${what}`);
  for (const what of (await page.evaluate(small)).slice(0, 5)) fault(`too small: ${what}`);
  if (colorScheme === "light") {
    for (const key of ["Tab", "Shift+Tab"]) {
      for (let i = 0; i < 120; i += 1) {
        await page.keyboard.press(key);
        const { end, html, hidden, partly, unmarked } = await page.evaluate(covered);
        if (end) break;
        if (hidden || partly) fault(`the focus is ${hidden ? "covered" : "covered in part"}, by ${key}: ${html}`);
        if (unmarked) fault(`the focus is not seen: ${html}`);
      }
    }
  }
  await context.close();
}

for (const file of process.argv.slice(2)) for (const screen of screens) await judge(file, screen);
await browser.close();
process.exit(faults ? 1 : 0);
