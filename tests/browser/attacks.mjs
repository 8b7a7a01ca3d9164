// A plan of attacks in a real browser: all of it is text, nothing runs, nothing is asked for, nothing is against the page's policy.
//
//     node tests/browser/attacks.mjs PROGRAM FIXTURE OUT
//
// PROGRAM is planwright, FIXTURE the folder with the plan as plan.csv and plan.json, OUT a folder for the pages that are made of it and for
// pictures to look at. PLAYWRIGHT names a folder whose node_modules holds playwright-core; CHROMIUM the browser, by default /usr/bin/chromium.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(join(resolve(process.env.PLAYWRIGHT), "package.json"))("playwright-core");
const [program, fixture, out] = process.argv.slice(2);
mkdirSync(out, { recursive: true });
const written = (source, name) => {
  const page = join(out, `${name}.html`);
  execFileSync(program, ["convert", "-q", source, "--as-of", "2011-11-30", "-o", page], { stdio: "ignore" });
  return page;
};
const source = join(fixture, "plan.csv");
const file = written(source, "attacks");

// Readers of tables leave out what turns round text; a plan file may hold it.
const TURNED = "Before \u202etxet desrever\u202c after, \u2066isolated\u2069, \u202bembedded\u202c";
const turned = JSON.parse(readFileSync(join(fixture, "plan.json"), "utf8"));
turned.title += ` ${TURNED}`;
for (const theme of turned.themes) {
  theme.title += ` ${TURNED}`;
  for (const objective of theme.objectives) {
    objective.text += ` ${TURNED}`;
    for (const action of objective.actions) Object.assign(action, { action: TURNED, owners: [TURNED], owner_text: TURNED });
  }
}
writeFileSync(join(out, "turned.json"), JSON.stringify(turned));
const turning = written(join(out, "turned.json"), "turned");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const told = [];

async function open(path) {
  const address = pathToFileURL(resolve(path)).href;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.exposeFunction("tell", (what) => told.push(what));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => window.tell(`against the policy: ${event.violatedDirective} ${event.blockedURI}`));
  });
  page.on("dialog", (dialog) => told.push(`a dialog: ${dialog.message()}`) && dialog.dismiss());
  page.on("console", (message) => told.push(`on the console: ${message.text()}`));
  page.on("pageerror", (error) => told.push(`an error: ${error.message}`));
  page.on("popup", () => told.push("a window"));
  page.on("framenavigated", (frame) => frame.url().split("#")[0] === address || told.push(`at ${frame.url()}`));
  page.on("request", (request) => request.url().split("#")[0] === address || told.push(`asks for ${request.url()}`));
  await page.goto(address);
  return page;
}

// the cells of comma-separated values
function cells(text) {
  const all = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n|$)/g)].map((found) => found[1]?.replaceAll('""', '"') ?? found[2]);
  return all.filter(Boolean);
}
// as a reader of values takes them, and as a page shows what would turn round other text
const entities = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };
const shown = (text) =>
  [...text.replaceAll(/&(lt|gt|amp);/g, (entity) => entities[entity])]
    .map((sign) => (/[\u202a-\u202e\u2066-\u2069]/.test(sign) ? `[U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]` : sign))
    .join("");
const solid = (text) => text.replaceAll(/\s/g, "");

async function isText(page) {
  const found = await page.evaluate(() => ({
    words: document.body.innerText,
    scripts: document.scripts.length,
    strange: [...document.querySelectorAll("iframe, img, object, embed, base, link, svg[onload], meta[http-equiv=refresh], [formaction], form[action]")].length,
    handlers: [...document.querySelectorAll("*")].flatMap((e) => [...e.attributes]).filter((a) => a.name.startsWith("on")).length,
    addresses: [...document.querySelectorAll("[href]")].map((e) => e.getAttribute("href")).filter((href) => !/^(#|https?:|mailto:)/.test(href)),
    turning: /[\u202a-\u202e\u2066-\u2069]/.test(document.documentElement.innerText + document.title),
    where: location.href.split("#")[0],
  }));
  assert.deepEqual({ ...found, words: "", where: "" }, { words: "", scripts: 1, strange: 0, handlers: 0, addresses: [], turning: false, where: "" });
  return solid(found.words);
}

const wanted = cells(readFileSync(source, "utf8"));
assert.ok(wanted.length > 30, `${wanted.length} cells`);
const tests = {
  async "every attack is shown as it was typed"() {
    const page = await open(file);
    const words = await isText(page);
    for (const cell of wanted) assert.ok(words.includes(solid(shown(cell))), `not shown: ${cell}`);
    await page.screenshot({ path: join(out, "attacks.png"), fullPage: true });
    await page.context().close();
  },

  async "what turns round text is shown by its name, and the plan that the page carries has every character"() {
    const page = await open(turning);
    const words = await isText(page);
    const actions = turned.themes.flatMap((theme) => theme.objectives.flatMap((objective) => objective.actions));
    // at the least in the title, in each theme and in what leads to it, and twice in each action
    assert.ok(words.split(solid(shown(TURNED))).length - 1 >= actions.length * 2 + turned.themes.length * 2 + 1, "every text is shown");
    const carried = await page.evaluate(() => document.getElementById("planwright-plan").content.textContent);
    assert.doesNotMatch(carried, /[<>&\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
    assert.deepEqual(JSON.parse(carried).plan, turned);
    await page.screenshot({ path: join(out, "turned.png"), fullPage: true });
    await page.context().close();
  },

  async "words from the right stand in their own cell and turn nothing round outside it"() {
    const page = await open(file);
    const places = await page.evaluate(() => {
      const cell = [...document.querySelectorAll(".plan td")].find((td) => td.textContent.startsWith("Before"));
      const node = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode();
      const place = (word) => {
        const range = document.createRange();
        range.setStart(node, node.data.indexOf(word));
        range.setEnd(node, node.data.indexOf(word) + word.length);
        return range.getBoundingClientRect().toJSON();
      };
      const owner = [...document.querySelectorAll(".plan td")].find((td) => /^\u05d3/.test(td.textContent));
      return { before: place("Before"), after: place("after"), owner: getComputedStyle(owner).unicodeBidi };
    });
    const { before, after, owner } = places;
    assert.ok(after.top > before.top || after.left > before.right, "what comes after is read after");
    assert.equal(owner, "plaintext");
    await page.context().close();
  },

  async "finding, sorting and filling in keep it text"() {
    const page = await open(file);
    for (const cell of wanted) {
      await page.fill("#find-q", cell.split(/\s/)[0]);
      await isText(page);
    }
    await page.click("#find [type=reset]");
    for (const name of ["theme", "owner", "status", "due", "sort"]) {
      const select = page.locator(`#find-${name}`);
      if (!(await select.isVisible())) continue;
      await select.focus();
      for (const value of await select.locator("option").evaluateAll((options) => options.map((option) => option.value))) {
        await select.selectOption(value);
        await isText(page);
      }
      await select.selectOption("");
    }
    const fields = page.locator(".plan textarea");
    for (const [at, cell] of wanted.slice(0, await fields.count()).entries()) await fields.nth(at).fill(cell);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("[name=save]")]);
    const saved = join(out, "attacks-saved.html");
    await download.saveAs(saved);
    const again = await open(saved);
    await isText(again);
    assert.equal(await again.locator(".plan textarea").nth(1).inputValue(), wanted[1]);
    await page.context().close();
    await again.context().close();
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  told.length = 0;
  try {
    await test();
    // a file that is saved is asked for by an address within the page
    assert.deepEqual(told.filter((one) => !one.startsWith("asks for blob:")), []);
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}\n${told.join("\n")}`);
  }
}
await browser.close();
process.exit(failed ? 1 : 0);
