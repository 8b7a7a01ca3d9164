// The web page in a real browser: finding, sorting, links, filling in and saving, the keyboard alone, paper, no script.
//
//     node tests/browser/page.mjs PAGE OUT
//
// PAGE is the page of a plan with review columns, OUT a folder for the saved file and for pictures to look at. PLAYWRIGHT names a folder
// whose node_modules holds playwright-core; CHROMIUM the browser, by default /usr/bin/chromium.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const { chromium } = createRequire(join(resolve(process.env.PLAYWRIGHT), "package.json"))("playwright-core");
const [file, out] = process.argv.slice(2);
const address = pathToFileURL(resolve(file)).href;
mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
let said = [];

async function open(hash = "", options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  await page.goto(address + hash);
  return page;
}

// fields are made as their rows come near
const near = async (page) => {
  for (let tries = 0; tries < 100 && (await page.locator(".plan textarea").count()) === 0; tries += 1) {
    await page.evaluate(() => document.querySelector(".plan tbody > tr[id]").scrollIntoView({ behavior: "instant" }));
    await page.waitForTimeout(50);
  }
};

const shown = (page) => page.locator(".plan tbody > tr[id]:visible").count();
const found = (page) => page.locator("#found").textContent();
// the objective that each row shown stands under, as the table has it
const grid = (page) =>
  page.evaluate(() => {
    const rows = [...document.querySelectorAll(".plan tbody > tr[id]")].filter((row) => row.getClientRects().length);
    let left = 0;
    let objective = "";
    return rows.map((row) => {
      const cell = row.querySelector(":scope > .o");
      if (cell) [left, objective] = [cell.rowSpan, cell.textContent.trim()];
      left -= 1;
      return { action: row.querySelector(":scope > [scope=row]:not(.o)").textContent, objective, left };
    });
  });

const tests = {
  async "search and filters show what matches, under its own objective, and say how many"() {
    const page = await open();
    const whole = new Map((await grid(page)).map((row) => [row.action, row.objective]));
    const all = await shown(page);
    assert.equal(await found(page), `${all} of ${all} actions`);
    const words = await page.locator(".plan tbody > tr[id] > td").first().textContent();
    await page.fill("#find-q", "audit");
    const some = await shown(page);
    assert.ok(some > 0 && some < all, `${some} of ${all}`);
    assert.equal(await found(page), `${some} of ${all} actions`);
    for (const row of await grid(page)) {
      assert.equal(row.objective, whole.get(row.action), row.action);
      assert.ok(row.left >= 0, "an objective reaches beyond its rows");
    }
    assert.ok((await page.evaluate(() => CSS.highlights.get("found").size)) >= some, "matches are marked");
    await page.screenshot({ path: join(out, "search.png") });
    await page.fill("#find-q", "no plan says this");
    assert.equal(await found(page), "No action was found.");
    await page.click("#find [type=reset]");
    assert.equal(await shown(page), all);
    assert.equal(await page.locator(".plan tbody > tr[id] > td").first().textContent(), words);
    await page.focus("#find-owner");
    const owner = await page.locator("#find-owner option").nth(1).getAttribute("value");
    await page.selectOption("#find-owner", owner);
    assert.ok((await page.locator(".plan tbody > tr[id]:visible").allTextContents()).every((row) => row.includes(owner)));
    await page.context().close();
  },

  async "a view is kept in the address, and an action has one of its own"() {
    const page = await open();
    await page.fill("#find-q", "audit");
    const some = await shown(page);
    // not at each key, but when no more are pressed
    await page.waitForFunction(() => location.hash.includes("audit"));
    const hash = await page.evaluate(() => location.hash);
    const again = await open(hash);
    assert.equal(await again.inputValue("#find-q"), "audit");
    assert.equal(await shown(again), some);
    const last = await again.evaluate(() => [...document.querySelectorAll(".plan tbody > tr[id]")].at(-1).id);
    await again.fill("#find-q", "no plan says this");
    await again.evaluate((id) => (location.hash = id), last);
    await again.waitForTimeout(200);
    assert.ok(await again.locator(`#${CSS_escape(last)}`).isVisible(), "a link to an action that is not shown shows it");
    await page.context().close();
    await again.context().close();
  },

  async "every column can be sorted by, and the order of the plan comes back"() {
    const page = await open();
    const before = await grid(page);
    await page.focus("#find-sort");
    const columns = await page.locator("#find-sort option").count();
    assert.equal(columns, await page.locator(".plan thead th:not([data-is=objective])").count().then((n) => n + 1));
    for (let at = 0; at < columns - 1; at += 1) {
      await page.selectOption("#find-sort", `${at}`);
      const rows = await grid(page);
      assert.equal(rows.length, before.length);
      const own = new Map(rows.map((row) => [row.action, row.objective]));
      // each row says its own objective and theme
      for (const row of before) assert.ok(own.get(row.action).endsWith(row.objective), row.action);
    }
    await page.selectOption("#find-sort", { label: "Target date" });
    const due = await page.locator(".plan tbody > tr[id]:visible time").evaluateAll((times) => times.map((time) => time.dateTime));
    assert.deepEqual(due, [...due].sort());
    await page.check("#find-down");
    await page.screenshot({ path: join(out, "sorted.png") });
    await page.click("#find [type=reset]");
    assert.deepEqual(await grid(page), before);
    await page.context().close();
  },

  async "what is filled in is kept as a draft, saved in a file, and in that file when it is opened"() {
    const page = await open();
    await near(page);
    const row = page.locator(".plan tbody > tr[id]").first();
    await row.locator("textarea").first().fill("Done <b>twice</b> & “well”\n- an item </template><script>alert(1)</script>");
    await row.locator("select").focus();
    const state = await row.locator("select option").nth(1).getAttribute("value");
    await row.locator("select").selectOption(state);
    assert.match(await page.locator("#draft").textContent(), /kept/);
    page.on("dialog", (dialog) => dialog.accept());
    await page.reload();
    await near(page);
    assert.match(await page.locator(".plan textarea").first().inputValue(), /^Done <b>twice/, "the draft was put back");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("[name=save]")]);
    const saved = join(out, "saved.html");
    await download.saveAs(saved);
    assert.match(download.suggestedFilename(), /review\.html$/);
    await page.screenshot({ path: join(out, "filled.png") });
    const other = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    other.on("console", (message) => said.push(message.text()));
    await other.goto(pathToFileURL(saved).href);
    await near(other);
    assert.match(await other.locator(".plan textarea").first().inputValue(), /an item <\/template><script>alert\(1\)<\/script>$/);
    assert.equal(await other.locator(".plan tbody select").first().inputValue(), state);
    assert.equal(await other.locator(".plan textarea").nth(2).inputValue(), "");
    await page.click("[name=clear]");
    assert.equal(await page.locator(".plan textarea").first().inputValue(), "");
    await page.reload();
    await near(page);
    assert.equal(await page.locator(".plan textarea").first().inputValue(), "", "a draft that was cleared stays so");
    await page.context().close();
    await other.context().close();
  },

  async "all of it works by keyboard"() {
    const page = await open();
    await page.focus("#find-q");
    await page.keyboard.type("audit");
    const some = await shown(page);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.id), "find-theme");
    await page.keyboard.press("ArrowDown");
    assert.ok((await shown(page)) < some);
    const field = page.locator(".plan textarea:visible").first();
    await field.focus();
    await page.keyboard.type("By hand");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "SELECT");
    page.on("dialog", (dialog) => dialog.accept());
    await page.context().close();
  },

  async "on paper there are no controls, and what was filled in is there"() {
    const page = await open();
    await near(page);
    await page.locator(".plan textarea").first().fill("On paper");
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator("input:visible, select:visible, textarea:visible, button:visible").count(), 0);
    const value = await page.evaluate(() => getComputedStyle(document.querySelector(".plan .f"), "::after").content);
    assert.match(value, /On paper|attr/);
    await page.pdf({ path: join(out, "printed.pdf") });
    await page.context().close();
  },

  async "without a script everything is there, and no control that does nothing"() {
    const page = await open("", { javaScriptEnabled: false });
    const all = await open();
    assert.equal(await page.locator(".plan tbody > tr[id]:visible").count(), await shown(all));
    assert.equal(await page.locator("form:visible").count(), 0);
    await page.context().close();
    await all.context().close();
  },
};

function CSS_escape(id) {
  return id.replaceAll(/[^a-zA-Z0-9_-]/g, (sign) => `\\${sign}`);
}

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  said = [];
  try {
    await test();
    assert.deepEqual(said, [], "nothing is said on the console, and nothing against the policy");
    console.log(`ok      ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack}\n${said.join("\n")}`);
  }
}
await browser.close();
process.exit(failed ? 1 : 0);
