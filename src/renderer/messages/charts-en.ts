// Labels around charts.
export const chartWords = {
  table: 'Show as a table',
  total: 'Together',
}
