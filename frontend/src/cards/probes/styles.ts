/** Styles that several cards of probes share. */

import { css } from "lit";

/** A row that can be pressed. */
export const rowButtonStyles = css`
  li {
    display: block;
    padding: 0;
  }
  li button {
    display: flex;
    gap: 0 12px;
    align-items: center;
    width: 100%;
    min-height: 44px;
    padding: 4px 0;
    color: inherit;
    background: none;
    border: none;
    font: inherit;
    text-align: left;
    cursor: pointer;
  }
  li button:disabled {
    cursor: default;
  }
  li button span:first-of-type {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
`;
