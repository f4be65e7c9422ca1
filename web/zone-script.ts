/**
 * `/assets/zone.js`: chooses the browser's own zone in the signup form. Without it the site's default stays.
 * Browsers may know a zone by an older name (Asia/Calcutta), so both are compared by what the browser makes of them.
 */
export const zoneScript = `(() => {
  const select = document.querySelector("select[data-detect]");
  const sameAs = (zone) => new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  const known = (zone, wanted) => {
    try {
      return sameAs(zone) === wanted;
    } catch {
      return false;
    }
  };
  if (!select) return;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!zone) return;
  const options = [...select.options];
  const own = options.find(({ value }) => value === zone) ?? options.find(({ value }) => known(value, sameAs(zone)));
  if (own) own.selected = true;
})();
`;
