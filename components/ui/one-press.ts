/**
 * Lets one press through until what it began has ended. A button is disabled only when the page is drawn again,
 * so a double click presses it twice.
 */
export function createOnePress() {
  let underWay = false;
  return {
    /** Whether this press is the one; false while another one is under way. */
    begin: (): boolean => {
      if (underWay) return false;
      underWay = true;
      return true;
    },
    end: () => {
      underWay = false;
    },
  };
}
