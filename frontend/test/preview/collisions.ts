/** Which words of a card lie on one another, on a line or outside of it, or are too small. */

export interface Collision {
  kind: "words" | "line" | "part" | "outside" | "small";
  text: string;
  with: string;
}

interface Box {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
  isPill: boolean;
  isDrawn: boolean;
  /** What it may not leave: its drawing, or the card. */
  frame: DOMRect;
}

/** Between the glyphs and the edge of their line box nothing is drawn. */
const LINE_SHARE = 0.16;
const TOUCH_PX = 0.5;
const STEP_PX = 5;
const SMALLEST_PX = 11;

export function collisions(card: HTMLElement): Collision[] {
  const frames = framesOf(card);
  if (!frames.length) return [{ kind: "outside", text: "", with: "nothing is drawn" }];
  return frames.flatMap((frame) => {
    const boxes = boxesOf(frame);
    return [
      ...outside(boxes),
      ...overlapping(boxes),
      ...onLines(boxes, frame),
      ...onParts(boxes, frame),
      ...cutOff(frame),
      ...tooSmall(frame),
    ];
  });
}

/** How many words were looked at: none would mean that nothing was drawn. */
export function countWords(card: HTMLElement): number {
  return framesOf(card).reduce((sum, frame) => sum + boxesOf(frame).length, 0);
}

/** A card of several things has one for each. */
function framesOf(card: HTMLElement): Element[] {
  return [...(card.shadowRoot?.querySelectorAll(".card") ?? [])];
}

function boxesOf(frame: Element): Box[] {
  const walker = document.createTreeWalker(frame, NodeFilter.SHOW_TEXT);
  const found = new Map<Element, Box>();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim();
    const parent = node.parentElement;
    if (!text || !parent || parent.closest("style, title, select, .only-heard")) continue;
    const line = parent.closest("text") ?? parent;
    const range = document.createRange();
    range.selectNodeContents(line === parent ? node : line);
    const rects = line.localName === "text" ? [line.getBoundingClientRect()] : [...range.getClientRects()];
    for (const rect of rects) {
      if (!rect.width) continue;
      const cut = rect.height * LINE_SHARE;
      const key = line.localName === "text" ? line : document.createElement("i");
      found.set(key, {
        text: line.localName === "text" ? (line.textContent ?? "").trim() : text,
        left: rect.left + TOUCH_PX,
        right: rect.right - TOUCH_PX,
        top: rect.top + cut,
        bottom: rect.bottom - cut,
        isPill: line.classList.contains("pill"),
        isDrawn: line.localName === "text",
        frame: (line.closest("svg") ?? frame).getBoundingClientRect(),
      });
    }
  }
  return [...found.values()];
}

function overlapping(boxes: readonly Box[]): Collision[] {
  return boxes.flatMap((one, index) =>
    boxes
      .slice(index + 1)
      .filter((other) => meets(one, other))
      .map((other) => ({ kind: "words" as const, text: one.text, with: other.text })),
  );
}

function outside(boxes: readonly Box[]): Collision[] {
  return boxes
    .filter(
      ({ left, right, bottom, frame }) =>
        left < frame.left - 1 || right > frame.right + 1 || bottom > frame.bottom + 1,
    )
    .map(({ text }) => ({ kind: "outside" as const, text, with: "frame" }));
}

/** Words that lie on a band; a pill is meant to. */
function onLines(boxes: readonly Box[], root: Element): Collision[] {
  const words = boxes.filter(({ isPill, isDrawn }) => isDrawn && !isPill);
  return [...root.querySelectorAll<SVGPathElement>("path[data-band]")].flatMap((path) => {
    const matrix = path.getScreenCTM();
    if (!matrix) return [];
    const half = Number(path.getAttribute("stroke-width")) / 2;
    const hit = new Set<Box>();
    for (let along = 0; along <= path.getTotalLength(); along += STEP_PX) {
      const { x, y } = path.getPointAtLength(along).matrixTransform(matrix);
      const point = { left: x - half, right: x + half, top: y - half, bottom: y + half };
      for (const box of words) if (meets(box, point)) hit.add(box);
    }
    return [...hit].map(({ text }) => ({
      kind: "line" as const,
      text,
      with: path.dataset["band"] ?? "",
    }));
  });
}

function onParts(boxes: readonly Box[], root: Element): Collision[] {
  const parts = [...root.querySelectorAll(".disc, .vessel")];
  return parts.flatMap((part) => {
    const rect = part.getBoundingClientRect();
    return boxes
      .filter((box) => box.isDrawn && meets(box, rect))
      .map(({ text }) => ({ kind: "part" as const, text, with: part.getAttribute("class") ?? "" }));
  });
}

/** What one operates, and tables, beyond the edge of the card. */
function cutOff(frame: Element): Collision[] {
  const edge = frame.getBoundingClientRect().right + 1;
  return [...frame.querySelectorAll("button, select, label, table")]
    .filter((each) => !each.closest(".only-heard") && each.getBoundingClientRect().right > edge)
    .map((each) => ({ kind: "outside", text: each.localName, with: "card" }));
}

function tooSmall(frame: Element): Collision[] {
  return [...frame.querySelectorAll("text, p, span, td, th")].flatMap((each) => {
    const text = each.textContent?.trim();
    const size = parseFloat(getComputedStyle(each).fontSize);
    return text && size < SMALLEST_PX ? [{ kind: "small", text, with: `${size} px` }] : [];
  });
}

type Edges = Pick<Box, "left" | "right" | "top" | "bottom">;

function meets(one: Edges, other: Edges): boolean {
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  );
}
