/** The cards of a house meter, which are loaded together. */

export { PeakDaysCard } from "./days";
export { PeaksCard } from "./peaks";
export { QuarterCard } from "./quarter";
