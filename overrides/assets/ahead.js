// Asks for the page behind a link as soon as the reader turns to it, so that it is there when she clicks: the page only, none of what it
// shows. Not where she saves data or has kept pages, nor on a slow line. Browsers that know no speculation rules (HTML) do nothing.
// Loaded when she turns to anything at all (frame.js).

/** The policy knows these very letters by their hash (atlas/hosting/inline.txt): which links are meant stands at the links. */
const RULE = '{"prefetch":[{"where":{"selector_matches":"[data-ahead]"},"eagerness":"immediate"}]}';
/** How long a pointer rests on a link that is meant, in milliseconds. */
const REST = 60;

const line = /** @type {any} */ (navigator).connection;
const spared = line?.saveData || /2g/.test(line?.effectiveType) || matchMedia("(prefers-reduced-data: reduce)").matches;
if (HTMLScriptElement.supports?.("speculationrules") && !spared && !navigator.serviceWorker?.controller) {
  const rule = document.createElement("script");
  rule.type = "speculationrules";
  rule.text = RULE;
  document.head.append(rule);
  let wait = 0;
  /** @param {Element | null} target */
  const turned = (target) => {
    clearTimeout(wait);
    const link = target?.closest("a");
    if (link?.origin !== location.origin || link.pathname === location.pathname || !link.pathname.endsWith("/")) return;
    wait = setTimeout(() => link.setAttribute("data-ahead", ""), REST);
  };
  for (const event of ["pointerover", "focusin"]) {
    document.addEventListener(event, ({ target }) => turned(/** @type {Element} */ (target)));
  }
  turned(document.querySelector("a:hover, a:focus"));
}
