/** Finds texts of a card that overlap, leave it, or are too small to be read. */

const SMALLEST_PX = 11;
/** Boxes are as high as the line; letters leave some of it free. */
const SLACK_PX = 2;

interface Box {
  text: string;
  rect: DOMRect;
}

export function collisions(card: Element): string[] {
  const root = card.shadowRoot;
  if (!root) return [];
  const boxes = textsOf(root);
  const edge = card.getBoundingClientRect();
  const found: string[] = [];
  boxes.forEach((one, index) => {
    if (one.rect.left < edge.left - 1 || one.rect.right > edge.right + 1) {
      found.push(`${card.id}: "${one.text}" leaves the card`);
    }
    for (const other of boxes.slice(index + 1)) {
      if (overlap(one.rect, other.rect)) {
        found.push(`${card.id}: "${one.text}" on "${other.text}"`);
      }
    }
  });
  for (const element of root.querySelectorAll("button, select, label, table")) {
    if (element.getBoundingClientRect().right > edge.right + 1 && !element.closest(".only-heard")) {
      found.push(`${card.id}: a ${element.localName} leaves the card`);
    }
  }
  for (const element of root.querySelectorAll("text, p, span, td, th")) {
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < SMALLEST_PX && element.textContent?.trim()) {
      found.push(`${card.id}: "${element.textContent.trim()}" has ${size} px`);
    }
  }
  return found;
}

/** The boxes of all texts, line by line, that can be seen. */
function textsOf(root: ShadowRoot): Box[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const boxes: Box[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.textContent?.trim() || !parent) continue;
    if (parent.closest(".only-heard, style, select")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width > 0.5) boxes.push({ text: node.textContent.trim(), rect });
    }
  }
  return boxes;
}

function overlap(one: DOMRect, other: DOMRect): boolean {
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return across > 0.5 && down > SLACK_PX;
}
