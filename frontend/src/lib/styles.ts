/** Colours and type of all cards; each role of a colour has one name. */

import { css } from "lit";

export const styles = css`
  :host {
    --hp-electricity: #2f62d9;
    --hp-heating: #e57a0b;
    --hp-hot_water: #b5308f;
    --hp-cooling: #1295c4;
    --hp-defrost: #12424f;
    --hp-standby: #c3c8ce;
    --hp-source: #6f9c7e;
    --hp-unknown: #9aa0a6;
    --hp-heating-text: #a85500;
    --hp-band: color-mix(in srgb, var(--hp-ink) 13%, transparent);
    --hp-warning: #b26a00;
    --hp-limit: #c62828;
    --hp-good: #2e8540;
    --hp-ink: var(--primary-text-color, #141414);
    --hp-quiet: var(--secondary-text-color, #5e5e5e);
    --hp-line: var(--divider-color, #e0e0e0);
    --hp-card: var(--ha-card-background, var(--card-background-color, #fff));
    display: block;
    height: 100%;
    font-variant-numeric: tabular-nums;
  }
  :host([dark]) {
    --hp-electricity: #6c9bff;
    --hp-heating: #ff9f43;
    --hp-hot_water: #db5db6;
    --hp-cooling: #38bde8;
    --hp-defrost: #d3eef2;
    --hp-standby: #565c63;
    --hp-source: #7faf8e;
    --hp-heating-text: #ff9f43;
    --hp-band: color-mix(in srgb, var(--hp-ink) 18%, transparent);
    --hp-warning: #ffb74d;
    --hp-limit: #ff7b72;
    --hp-good: #66bb6a;
  }
  /* Text has the user's colours then: what is drawn behind it has to go with them. */
  @media (forced-colors: active) {
    :host,
    :host([dark]) {
      --hp-ink: CanvasText;
      --hp-quiet: CanvasText;
      --hp-heating-text: CanvasText;
      --hp-defrost: CanvasText;
      --hp-line: GrayText;
      --hp-unknown: GrayText;
      --hp-standby: GrayText;
      --hp-card: Canvas;
    }
    .square,
    .line i {
      forced-color-adjust: none;
    }
  }
  .card {
    box-sizing: border-box;
    height: 100%;
    padding: 16px;
    background: var(--hp-card);
    border: 1px solid var(--hp-line);
    border-radius: var(--ha-card-border-radius, 12px);
    color: var(--hp-ink);
    font-size: 14px;
    line-height: 20px;
    overflow: hidden;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 12px;
    align-items: baseline;
  }
  h2 {
    margin: 0;
    font-size: 14px;
    font-weight: 500;
  }
  .quiet {
    color: var(--hp-quiet);
    font-size: 12px;
    font-weight: 400;
  }
  .message {
    margin: 8px 0;
    color: var(--hp-quiet);
  }
`;
