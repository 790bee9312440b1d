// What every page must do in a real browser. DEBTSCAN_PAGES is a folder of pages that `cargo xtask browser` makes.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { open, start } from "./browser.mjs";

const folder = process.env.DEBTSCAN_PAGES;
assert.ok(folder, "DEBTSCAN_PAGES names no folder");
const pages = readdirSync(folder).filter((name) => name.endsWith(".html")).sort();
const file = (name) => path.join(folder, `${name}.html`);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Bytes of a page, and milliseconds until it can be used: the budget of a report. */
const MOST_BYTES = 2_000_000;
const MOST_MILLISECONDS = 1_000;
const MOST_MARKS = 2_000;

let browser;
before(async () => {
  browser = await start();
});
after(() => browser?.close());

test("there are pages to look at", () => {
  const lists = ["allocation", "backtest", "brief", "delivery", "plan", "portfolio", "report", "verify"];
  const others = ["shop", "hostile", "single", "bare", "large", "hotspots", "explain", "backtest"];
  for (const name of [...others, ...lists.map((list) => `company-${list}`)]) {
    assert.ok(pages.includes(`${name}.html`), `${name}.html is missing`);
  }
});

for (const name of pages) {
  test(`${name}: silent, alone, small and fast`, async () => {
    const { context, page, seen } = await open(browser, path.join(folder, name));
    const bytes = statSync(path.join(folder, name)).size;
    const marks = await page.locator("svg rect, svg circle").count();
    // The first opening includes the browser's own start, so the second one counts.
    const again = await open(browser, path.join(folder, name));
    const { milliseconds } = again.seen;
    await again.context.close();
    console.log(`${name}: ${(bytes / 1e3).toFixed(0)} kB, ${milliseconds.toFixed(0)} ms, ${marks} marks`);
    assert.deepEqual(seen.messages, [], "console messages");
    assert.equal(seen.requests.length, 1, `requests: ${seen.requests}`);
    assert.ok(bytes <= MOST_BYTES, `${bytes} bytes`);
    assert.ok(milliseconds <= MOST_MILLISECONDS, `${milliseconds} ms`);
    assert.ok(marks <= MOST_MARKS, `${marks} marks`);
    await context.close();
  });

  test(`${name}: nothing serious for axe, light and dark`, async () => {
    for (const colorScheme of ["light", "dark"]) {
      const { context, page } = await open(browser, path.join(folder, name), { colorScheme, bypassCSP: true });
      await page.addScriptTag({ content: axe });
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      const serious = violations.filter((it) => ["serious", "critical"].includes(it.impact));
      const texts = serious.map((it) => `${it.id}: ${it.nodes.slice(0, 3).map((node) => node.html).join(" | ")}`);
      assert.deepEqual(texts, [], colorScheme);
      await context.close();
    }
  });

  test(`${name}: nothing is wider than the window`, async () => {
    for (const width of [360, 768, 1280, 2560]) {
      const { context, page } = await open(browser, path.join(folder, name), { viewport: { width, height: 800 } });
      const actual = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(actual <= width, `${actual} at ${width}`);
      await context.close();
    }
  });

  test(`${name}: complete without script, and prints`, async () => {
    const { context, page, seen } = await open(browser, path.join(folder, name), { javaScriptEnabled: false });
    assert.ok((await page.locator("h1").first().innerText()).length > 10);
    assert.equal(await page.locator("#find:visible").count(), 0, "no search without script");
    assert.deepEqual(seen.messages, []);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    assert.ok(pdf.length > 5_000, "a PDF");
    await context.close();
  });
}

test("search finds files and areas, and tells when there is none", async () => {
  const { context, page, seen } = await open(browser, file("shop"));
  const input = page.getByLabel("Find a file or area");
  const rows = page.locator("#find-result tbody tr");
  const first = JSON.parse(await page.locator("#data").textContent()).files[0][0];
  await input.fill(first);
  assert.equal(await rows.first().locator("th").innerText(), first);
  await input.fill("nothing is called this");
  assert.equal(await rows.count(), 0);
  assert.match(await page.locator("#find-status").innerText(), /No file or area/);
  assert.deepEqual(seen.messages, []);
  await context.close();
});

test("a hit zooms the map to its area, Escape goes back", async () => {
  const { context, page } = await open(browser, file("shop"));
  const input = page.getByLabel("Find a file or area");
  const { files, areas } = JSON.parse(await page.locator("#data").textContent());
  await input.fill(files[0][0]);
  await page.locator("#find-result tbody button").first().click();
  const zoomed = page.locator("#map svg.zoomed");
  const expected = files.filter((it) => it[1] === files[0][1] && it[2] > 0).length;
  assert.equal(await zoomed.locator("rect").count(), expected, areas[files[0][1]]);
  assert.equal(await zoomed.locator("rect.hit").count(), 1);
  await page.keyboard.press("Escape");
  assert.equal(await zoomed.count(), 0);
  await context.close();
});

test("the map zooms by pointer and by keyboard", async () => {
  const { context, page } = await open(browser, file("shop"));
  await page.locator("#map svg.w .zone rect").first().click({ position: { x: 2, y: 2 } });
  assert.equal(await page.locator("#map svg.zoomed").count(), 1);
  await page.getByLabel("Show").selectOption({ index: 0 });
  assert.equal(await page.locator("#map svg.zoomed").count(), 0);
  await page.getByLabel("Show").selectOption({ index: 1 });
  assert.equal(await page.locator("#map svg.zoomed").count(), 1);
  await context.close();
});

test("tables sort by number and by text", async () => {
  const { context, page } = await open(browser, file("shop"));
  await page.locator("#areas summary").first().click();
  const table = page.locator("#areas table").first();
  const heads = await table.locator("thead th").allInnerTexts();
  const column = heads.findIndex((head) => head.startsWith("Lines"));
  const numbers = async () => {
    const texts = await table.locator(`tbody tr > :nth-child(${column + 1})`).allInnerTexts();
    return texts.map((text) => Number(text.replace(/,/g, "")));
  };
  const button = table.locator(`thead th:nth-child(${column + 1}) button`);
  await button.click();
  const down = await numbers();
  assert.deepEqual(down, [...down].sort((a, b) => b - a));
  await button.click();
  const up = await numbers();
  assert.deepEqual(up, [...up].sort((a, b) => a - b));
  assert.equal(await table.locator("thead th[aria-sort=ascending]").count(), 1);
  await context.close();
});

test("a table is copied as CSV, and nothing in it is a formula", async () => {
  const { context, page } = await open(browser, file("hostile"), { permissions: ["clipboard-read", "clipboard-write"] });
  for (const summary of await page.locator("#map summary").all()) await summary.click();
  await page.locator("#map .in .tool button").first().click();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /^"#","File"/);
  assert.ok(!/(^|,)"[=+@]/m.test(text), text);
  await context.close();
});

test("long tables can be filtered", async () => {
  const { context, page } = await open(browser, file("large"));
  await page.locator("#map summary").first().click();
  const rows = page.locator("#map .in tbody tr:visible");
  const all = await rows.count();
  await page.locator("#map .in").getByLabel("Filter").fill("file7");
  const some = await rows.count();
  assert.ok(some > 0 && some < all, `${some} of ${all}`);
  await context.close();
});

test("links scroll, and open what is closed", async () => {
  const { context, page } = await open(browser, file("shop"));
  await page.locator("#areas summary").first().click();
  await page.locator("#areas tbody a").first().click();
  const trail = page.locator("#trail-1");
  await trail.waitFor({ state: "visible" });
  const box = await trail.boundingBox();
  assert.ok(box.y < 900, `at ${box.y}`);
  assert.match(await trail.innerText(), /Calculation/);
  await context.close();
});

test("names of a stranger stay text", async () => {
  const { context, page, seen } = await open(browser, file("hostile"));
  const text = await page.locator("body").innerText();
  const everything = await page.content();
  assert.equal(await page.locator("img, iframe, object, embed, link").count(), 0);
  assert.equal(await page.evaluate(() => globalThis.owned), undefined);
  const { files } = JSON.parse(await page.locator("#data").textContent());
  assert.ok(files.some((it) => it[0].includes("</script><img")), "the hostile name is there as it is");
  await page.getByLabel("Find a file or area").fill("onerror");
  assert.ok((await page.locator("#find-result tbody tr").count()) > 0);
  assert.equal(await page.evaluate(() => globalThis.owned), undefined);
  assert.ok(!/[\u202a-\u202e\u2066-\u2069]/.test(text + everything), "bidirectional controls");
  assert.deepEqual(seen.messages, []);
  await context.close();
});

for (const name of ["shop", "company-brief", "company-plan", "company-verify"]) test(`${name}: every control can be reached and seen with the keyboard`, async () => {
  const { context, page } = await open(browser, file(name));
  const wanted = await page.locator("a:visible, button:visible, input:visible, select:visible, summary:visible").count();
  const reached = new Set();
  for (let step = 0; step < wanted + 40; step += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      const node = document.activeElement;
      if (!node || node === document.body) return null;
      const all = Array.from(document.querySelectorAll("*"));
      const style = getComputedStyle(node);
      return { at: all.indexOf(node), name: node.nodeName, outline: style.outlineStyle, width: style.outlineWidth };
    });
    if (!found) break;
    assert.notEqual(found.outline, "none", `${found.name} shows no focus`);
    reached.add(found.at);
  }
  assert.ok(reached.size >= wanted, `${reached.size} of ${wanted}`);
  await context.close();
});

test("one table of figures stands behind every picture", async () => {
  const { context, page } = await open(browser, file("shop"));
  for (const figure of await page.locator("section:has(figure)").all()) {
    const id = await figure.getAttribute("id");
    assert.ok((await figure.locator("details table").count()) > 0, id);
    for (const svg of await figure.locator("figure svg").all()) {
      assert.ok((await svg.locator("> title").textContent()).length > 5, id);
      assert.ok((await svg.locator("> desc").textContent()).length > 5, id);
    }
  }
  await context.close();
});

test("each area of a brief begins a sheet of paper", async () => {
  const { context, page } = await open(browser, file("company-brief"));
  await page.emulateMedia({ media: "print" });
  const articles = page.locator("article.brief");
  assert.equal(await articles.count(), 2);
  const breaks = await articles.evaluateAll((all) => all.map((it) => getComputedStyle(it).breakAfter));
  assert.equal(breaks[0], "page");
  const sheets = async () => {
    const pdf = await page.pdf({ preferCSSPageSize: true });
    return pdf.toString("latin1").match(/\/Type \/Page\b/g).length;
  };
  const both = await sheets();
  await articles.nth(1).evaluate((it) => it.remove());
  const first = await sheets();
  assert.ok(first < both, `${first} of ${both} sheets`);
  console.log(`company-brief: ${both} sheets of paper, ${first} of them for the first area`);
  await context.close();
});

for (const name of ["company-brief", "company-plan", "company-verify", "company-delivery"]) {
  test(`${name}: has pictures, and each says what it is`, async () => {
    const { context, page } = await open(browser, file(name));
    const drawings = page.locator("figure svg");
    assert.ok((await drawings.count()) >= 2, "in both sizes");
    for (const svg of await drawings.all()) {
      assert.ok((await svg.locator("> title").textContent()).length > 5);
      assert.ok((await svg.locator("> desc").textContent()).length > 5);
    }
    const ids = await page.locator("[id]").evaluateAll((all) => all.map((it) => it.id));
    assert.equal(new Set(ids).size, ids.length, "an id stands for one element");
    await context.close();
  });
}
