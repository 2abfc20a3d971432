/** A list of what happened: an icon, what it was, and when. */

import { css, html, nothing, type TemplateResult } from "lit";

/** Rows with a line between them, under headings. */
export const rowStyles = css`
  h3 {
    margin: 12px 0 0;
    color: var(--hp-quiet);
    font-size: 12px;
    font-weight: 400;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    gap: 12px;
    padding: 8px 0;
  }
  li + li {
    border-top: 1px solid var(--hp-line);
  }
`;

export const listStyles = css`
  ${rowStyles}
  li > div {
    flex: 1;
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 12px;
  }
  svg {
    flex: none;
    width: 20px;
    height: 20px;
  }
  .line {
    flex-basis: 100%;
  }
  .good {
    display: flex;
    gap: 12px;
    margin: 8px 0 0;
  }
`;

export interface Item {
  title: string;
  when: string;
  /** More about it, each a paragraph. */
  lines: readonly string[];
  icon: TemplateResult;
}

export function list(items: readonly Item[]) {
  if (!items.length) return nothing;
  return html`<ul>
    ${items.map(
      ({ title, when, lines, icon }) => html`<li>
        ${icon}
        <div>
          <span>${title}</span>
          <span class="quiet">${when}</span>
          ${lines.map((line) => html`<span class="quiet line">${line}</span>`)}
        </div>
      </li>`,
    )}
  </ul>`;
}

export function icon(path: string, colour: string): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true">
    <path d=${path} fill="var(--hp-${colour})"></path>
  </svg>`;
}
