/** How far COPs of the same heat pump can be off beside each other. */

import type { Figures } from "../../data/contract";

/** What two periods are compared by. */
export type Compared = Pick<Figures, "cop" | "own_uncertainty" | "method_shares" | "method_errors">;

/**
 * By which share of itself the COP of a period can be off beside that of another: the
 * meter and the same method err alike in both, and what is left is the period's own.
 */
export function ownShare(one: Compared, other: Compared): number | null {
  if (one.cop === null || one.own_uncertainty === null || one.cop <= 0) return null;
  return Math.hypot(one.own_uncertainty / one.cop, methodsApart(one, other));
}

/** What the errors of methods can do that made more of the heat in one than in the other. */
export function methodsApart(one: Compared, other: Compared): number {
  const errors = { ...one.method_errors, ...other.method_errors };
  return Object.entries(errors).reduce((sum, [method, error]) => {
    const shares = [one, other].map(({ method_shares }) => method_shares[method] ?? 0);
    return sum + error * Math.abs(shares[0]! - shares[1]!);
  }, 0);
}
