/** The cards of probes, which are loaded together. */

export { ProbeAlarmsCard } from "./alarms";
export { ProbesCard } from "./probes";
export { ProbeSessionsCard } from "./sessions";
