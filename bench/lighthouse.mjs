// Asks Lighthouse about pages, one after another in one Chromium. In: JSON {chrome, profile, urls, categories} on standard input. Out: one line of JSON for each page.
import * as chromeLauncher from "chrome-launcher";
import lighthouse from "lighthouse";
import { pageFunctions } from "lighthouse/core/lib/page-functions.js";

const text = await new Response(process.stdin).text();
const { chrome, profile, urls, categories } = JSON.parse(text);
const speed = categories.includes("performance");
// Where speed is not asked for, the processor is not kept busy for a second to see how quick it is, and a page that has loaded is not watched
// until it has been quiet for seconds. Where accessibility is not asked for, axe is not run for two audits that search engines share with it.
if (!speed) pageFunctions.computeBenchmarkIndex = () => 1000;
const skipAudits = speed || categories.includes("accessibility") ? null : ["document-title", "image-alt"];
const quick = { pauseAfterFcpMs: 10, pauseAfterLoadMs: 10, networkQuietThresholdMs: 50, cpuQuietThresholdMs: 50 };
const config = { extends: "lighthouse:default", settings: speed ? {} : quick };
const browser = await chromeLauncher.launch({ chromePath: chrome, userDataDir: profile, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
for (const url of urls) {
  const options = { port: browser.port, onlyCategories: categories, skipAudits, disableFullPageScreenshot: true, logLevel: "error" };
  const { lhr } = await lighthouse(url, options, config);
  const scores = Object.fromEntries(Object.entries(lhr.categories).map(([name, { score }]) => [name, Math.round((score ?? 0) * 100)]));
  const weighed = new Set(Object.values(lhr.categories).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => id)));
  const failed = Object.values(lhr.audits).filter(({ id, score }) => weighed.has(id) && score !== null && score < 0.9).map(({ id }) => id);
  const lcp = lhr.audits["largest-contentful-paint"]?.numericValue ?? null;
  process.stdout.write(`${JSON.stringify({ url, scores, lcp, failed, error: lhr.runtimeError?.message ?? null })}\n`);
}
browser.kill();
process.exit(); // what Lighthouse has left running would keep the process for seconds
