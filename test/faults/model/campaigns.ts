import type { Campaign } from "../../../core/campaign/campaign.ts";
import type { Campaigns, Roster } from "../../../core/campaign/campaign-ports.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { dueRows } from "./due-rows.ts";
import type { SyncPort } from "./sync-port.ts";

/** Campaigns: the freeze and the pause change them each on its own. */
export function modelCampaigns(rows: Map<string, Campaign>): SyncPort<Campaigns> {
  return {
    create(campaign) {
      if (rows.has(campaign.id)) return false;
      rows.set(campaign.id, campaign);
      return true;
    },
    load: (id) => rows.get(id),
    due: (now, limit) =>
      dueRows("campaign", [...rows.values()].map(freezeOf), (row) => row.id, now, limit).map(({ id }) => id),
    moveOn(from, { cursor, packets, recipients, frozenAt }) {
      const row = rows.get(from.id);
      if (!row || row.frozenAt || row.packets !== from.packets || row.cursor !== from.cursor) return false;
      const { cursor: at, ...rest } = row;
      const next = frozenAt ? undefined : (cursor ?? at);
      rows.set(from.id, {
        ...rest,
        packets,
        recipients,
        ...(next !== undefined && { cursor: next }),
        ...(frozenAt && { frozenAt }),
      });
      return true;
    },
    pause(id, pausedAt) {
      const row = rows.get(id);
      if (!row || row.pausedAt) return false;
      rows.set(id, { ...row, pausedAt });
      return true;
    },
    resume(id) {
      const { pausedAt, ...row } = rows.get(id) ?? {};
      if (!pausedAt) return false;
      rows.set(id, row as Campaign);
      return true;
    },
  };
}

/** Until its audience is frozen a campaign is due. */
function freezeOf({ id, frozenAt, createdAt }: Campaign) {
  return { id, dueAt: frozenAt ? undefined : createdAt };
}

/** The roster by id; pages of at most `pageSize`, whatever is asked for, so that a small audience has many. */
export function modelRoster(subscribers: Map<string, Subscriber>, pageSize: number): SyncPort<Roster> {
  return {
    page(list, cursor = "", limit) {
      const after = [...subscribers.keys()].filter((id) => id > cursor).sort();
      const read = after.slice(0, Math.min(limit, pageSize));
      const last = read.at(-1);
      const ids = read.filter((id) => {
        const subscriber = subscribers.get(id);
        return subscriber && !subscriber.suppressed && subscriber.lists[list]?.state === "joined";
      });
      return last === undefined || read.length === after.length ? { ids } : { ids, cursor: last };
    },
  };
}
