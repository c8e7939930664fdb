/** "1 place", "351 places", as the record and refusals say it. */
export const formatPlaceCount = (count: number): string =>
  `${count.toLocaleString("en-US")} ${count === 1 ? "place" : "places"}`;
