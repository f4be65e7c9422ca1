import { html } from "hono/html";
import type { Html } from "./page-layout.ts";
import { zoneGroups } from "./zones.ts";

/** All zones to choose from, `standard` unless another one was chosen. */
export function zoneSelect(attributes: Html, standard: string, entered: string | undefined): Html {
  const groups = zoneGroups(standard);
  const isListed = groups.some(({ zones }) => zones.some(({ id }) => id === entered));
  const chosen = isListed ? entered : standard;
  const options = groups.map(
    ({ name, zones }) =>
      html`<optgroup label="${name}">${zones.map(
        ({ id, label }) =>
          html`<option value="${id}"${id === chosen ? html` selected` : ""}>${label}</option>`,
      )}</optgroup>`,
  );
  return html`<select ${attributes} autocomplete="off"${entered === undefined ? html` data-detect` : ""}>${options}</select>`;
}
