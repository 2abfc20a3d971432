/** Buttons of which one is pressed. */

import { css } from "lit";

export const switchStyles = css`
  .switch {
    display: flex;
    gap: 8px;
    margin: 4px 0;
  }
  .switch button {
    min-height: 44px;
    padding: 0 14px;
    color: var(--hp-quiet);
    background: none;
    border: 1px solid var(--hp-line);
    border-radius: 22px;
    font: inherit;
    cursor: pointer;
  }
  .switch button[aria-pressed="true"] {
    color: var(--hp-ink);
    font-weight: 500;
    background: color-mix(in srgb, var(--primary-color, #009ac7) 18%, var(--hp-card));
    border-color: transparent;
  }
  .switch button:focus-visible {
    outline: 2px solid var(--primary-color, #009ac7);
    outline-offset: 2px;
  }
`;
