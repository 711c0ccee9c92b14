// Loads the page anew when it has become another one. While nobody looks at it, it asks for nothing: a browser has few lines to one server.

const bar = /** @type {HTMLElement} */ (document.querySelector("atlas-editor"));
const address = `/-/events?${new URLSearchParams({ page: location.pathname.slice(1), seen: bar.dataset.seen ?? "" })}`;
const kept = `atlas-editor ${location.pathname}`;
/** @type {EventSource | null} */
let line = null;

/** What is open stays open, and the page where it was. */
function leave() {
  const open = [...(bar.shadowRoot?.querySelectorAll("details") ?? [])].map((one) => one.open);
  sessionStorage.setItem(kept, JSON.stringify({ x: scrollX, y: scrollY, open }));
  location.reload();
}

function listen() {
  line?.close();
  line = document.hidden ? null : new EventSource(address);
  line?.addEventListener("changed", leave);
}

const left = JSON.parse(sessionStorage.getItem(kept) ?? "null");
if (left) {
  sessionStorage.removeItem(kept);
  bar.shadowRoot?.querySelectorAll("details").forEach((one, place) => (one.open = left.open[place] ?? one.open));
  history.scrollRestoration = "manual";
  scrollTo({ left: left.x, top: left.y, behavior: "instant" });
  addEventListener("load", () => scrollTo({ left: left.x, top: left.y, behavior: "instant" }), { once: true });
}
document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => line?.close());
addEventListener("pageshow", listen);
listen();
