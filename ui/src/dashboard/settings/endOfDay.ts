/** The last second of a day (`YYYY-MM-DD`) where the person is, as ISO 8601 in UTC. */
export function endOfDay(day: string): string {
  return new Date(`${day}T23:59:59`).toISOString();
}
