/** A table of figures, the names on the left as narrow as they can be. */

import { css } from "lit";

export const tableStyles = css`
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    height: 30px;
    font-weight: 400;
    text-align: right;
    white-space: nowrap;
  }
  thead th {
    color: var(--hp-quiet);
    font-size: 12px;
  }
  th:first-child {
    width: 1px;
    text-align: left;
  }
`;
