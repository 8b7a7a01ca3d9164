// Pages as people with different eyes, hands and screens have them: axe in both colour schemes on narrow and wide screens, nothing to scroll
// sideways for, a focus that is seen and that nothing covers, targets that can be hit.
//
//     node tests/browser/access.mjs [--narrow] PAGE...
//
// With --narrow, axe is asked on narrow screens only: for pages of which another judge asks it on wide ones.
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

const isNarrowOnly = process.argv[2] === "--narrow";
const files = process.argv.slice(isNarrowOnly ? 3 : 2);

// a screen of 1280 pixels at 400 % is one of 320 (WCAG 2.2, 1.4.10)
const screens = [
  { width: 320, height: 640 },
  { width: 1280, height: 800 },
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

// all that can have the focus, forwards and backwards as Tab goes: what of it is covered then, and what does not show that it has it;
// all pages are asked to keep still, so that each has been scrolled to when it is looked at
const hidden = () => {
  const judge = (e, way) => {
    e.focus();
    if (document.activeElement !== e) return [];
    const html = e.outerHTML.slice(0, 80);
    const box = e.getBoundingClientRect();
    const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
    const [right, bottom] = [Math.min(box.right, innerWidth), Math.min(box.bottom, innerHeight)];
    const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [left + (right - left) * x, top + (bottom - top) * y]));
    const isOwn = ([x, y]) => {
      const at = document.elementFromPoint(x, y);
      return at && (e.contains(at) || at.contains(e));
    };
    const style = getComputedStyle(e);
    const seen = right > left && bottom > top ? points.filter(isOwn).length : 0;
    const isCovered = !seen || (seen < points.length && e.getClientRects().length === 1);
    const isUnmarked = style.outlineStyle === "none" && style.boxShadow === "none";
    return [isCovered && `the focus is covered, ${seen} of 9 points seen, ${way}: ${html}`, isUnmarked && `the focus is not seen: ${html}`].filter(Boolean);
  };
  const can = (e) => !e.disabled && e.tabIndex >= 0 && e.getClientRects().length;
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter(can);
  return { stops: stops.length, faults: [...stops.flatMap((e) => judge(e, "forwards")), ...stops.reverse().flatMap((e) => judge(e, "backwards"))] };
};

async function judge(file, viewport) {
  const context = await browser.newContext({ viewport, colorScheme: "light", reducedMotion: "reduce" });
  const page = await context.newPage();
  const fault = (what) => {
    faults += 1;
    console.log(`${file} at ${viewport.width}: ${what}`);
  };
  await page.goto(pathToFileURL(resolve(file)).href);
  for (const what of await page.evaluate(wide)) fault(`too wide: ${what}`);
  for (const what of (await page.evaluate(small)).slice(0, 5)) fault(`too small: ${what}`);
  // a key first: only to those who use keys is the focus shown
  await page.keyboard.press("Tab");
  const focus = await page.evaluate(hidden);
  for (const what of focus.faults.slice(0, 5)) fault(what);
  if (!focus.stops) fault("nothing can have the focus");
  await page.evaluate(() => scrollTo(0, 0));
  if (viewport.width === 320 || !isNarrowOnly) {
    await page.evaluate(axe);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      // what does not depend on colours is the same in both
      const ofColours = (tags) => window.axe.getRules(["cat.color"]).filter((rule) => rule.tags.some((tag) => tags.includes(tag))).map((rule) => rule.ruleId);
      const only = colorScheme === "light" ? rules : await page.evaluate(ofColours, rules);
      const target = colorScheme === "light" ? { "target-size": { enabled: true } } : {};
      const result = await page.evaluate(([runOnly, rules]) => window.axe.run(document, { runOnly, resultTypes: ["violations"], rules }), [only, target]);
      for (const { id, help, nodes } of result.violations) fault(`axe ${id}, ${colorScheme}, ${nodes.length} times: ${help} @ ${nodes[0].target.join(" ")}`);
    }
  }
  await context.close();
}

for (const file of files) for (const screen of screens) await judge(file, screen);
await browser.close();
process.exit(faults ? 1 : 0);
