// What the tests ask of a page; each page has it before its own code runs.
window.inPage = (() => {
  const all = (root) =>
    [...root.querySelectorAll("*")].flatMap((each) => [each, ...(each.shadowRoot ? all(each.shadowRoot) : [])]);
  const found = (pattern) => all(document).filter((each) => pattern.test(each.localName));
  const own = () => found(/^heatpump-monitor-[a-z-]+(?<!-card)$/);
  const hass = () => document.querySelector("home-assistant").hass;
  const drawing = (element) => element?.firstElementChild?.shadowRoot?.querySelector(".card");
  const words = (element) => (element?.innerText ?? "").replaceAll("\u00a0", " ");

  /** Each card of ours: its name, its words, and what it says instead of figures. */
  const cards = () =>
    own().map((each) => ({
      name: each.localName.replace("heatpump-monitor-", ""),
      text: words(drawing(each)),
      messages: [...(drawing(each)?.querySelectorAll(".message") ?? [])].map(words),
      isDark: each.firstElementChild?.hasAttribute("dark") ?? false,
    }));

  /** Whether exactly these cards are there, and none is loading. */
  const areDrawn = ([wanted, loading]) => {
    const shown = cards();
    return (
      String(shown.map(({ name }) => name).sort()) === String(wanted) &&
      shown.every(({ text, messages }) => text && !messages.some((each) => loading.includes(each)))
    );
  };

  /** What Home Assistant shows in place of a card or dashboard that fails. */
  const failures = () =>
    found(/^(hui-error-card|hui-warning|hui-warning-element|hass-error-screen)$/).map(
      (each) => each.innerText || each.localName,
    );

  /** Rules of axe that our cards break, with the places where. */
  const breaches = async () => {
    const cards = own().map((each) => each.firstElementChild);
    const { violations } = await axe.run(cards, { resultTypes: ["violations"] });
    return violations.map(({ id, impact, help, nodes }) => ({
      rule: id,
      impact,
      help,
      where: nodes.map(({ target, any }) => `${target.flat().at(-1)}: ${any.map(({ message }) => message).join("; ")}`),
    }));
  };

  /**
   * How long the schematic takes to show a power that the integration has just sent, in
   * ms, for some of them one after the other; fewer if they do not come or are not shown.
   */
  const delays = async (count) => {
    const end = performance.now() + 45_000;
    const found = [];
    let newest = null;
    const stop = await hass().connection.subscribeMessage(
      ({ electricity_w }) => {
        if (electricity_w !== newest?.power_w) newest = { power_w: electricity_w, at: performance.now() };
      },
      { type: "heatpump_monitor/live" },
    );
    while (found.length < count && performance.now() < end) {
      await new Promise((resume) => setTimeout(resume, 5));
      if (!newest || newest.isShown) continue;
      const { text } = cards().find(({ name }) => name === "schematic");
      const shown_kw = Number(/([\d.]+) kW\nelectricity in/.exec(text)?.[1]);
      if (Math.abs(shown_kw - newest.power_w / 1000) > 0.00501) continue;
      found.push(performance.now() - newest.at);
      newest.isShown = true;
    }
    await stop();
    return found;
  };

  /** When the first card had drawn something, in ms since the page was asked for. */
  const firstDrawn = async () => {
    while (!cards().some(({ text, messages }) => text && !messages.length)) {
      await new Promise((resume) => setTimeout(resume, 5));
    }
    return performance.now();
  };

  /** How long a question takes, and meanwhile the slowest of many short ones, in ms. */
  const answered = async (message) => {
    const timed = async (ask) => {
      const start = performance.now();
      await ask();
      return performance.now() - start;
    };
    let slowest = 0;
    let isDone = false;
    const pings = (async () => {
      while (!isDone) slowest = Math.max(slowest, await timed(() => hass().connection.ping()));
    })();
    const took = await timed(() => hass().callWS(message));
    isDone = true;
    await pings;
    return [took, slowest];
  };

  return { answered, areDrawn, breaches, cards, delays, failures, firstDrawn };
})();
