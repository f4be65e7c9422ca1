import type { Roster } from "../../../core/audience/roster-ports.ts";
import { type Campaign, isStarted } from "../../../core/campaign/campaign.ts";
import type { Campaigns } from "../../../core/campaign/campaign-ports.ts";
import type { ReminderDate } from "../../../core/reminder/reminder-date.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { dueRows } from "./due-rows.ts";
import type { SyncPort } from "./sync-port.ts";

/** A campaign's row, which is looked at while it goes. */
export type CampaignRow = Campaign & { lookAt?: string };

/** Campaigns: freeze, pause and cancellation change them each on its own. */
export function modelCampaigns(rows: Map<string, CampaignRow>): SyncPort<Campaigns> {
  const underWay = (id: string) => {
    const row = rows.get(id);
    return row && isStarted(row) && !row.cancelledAt ? row : undefined;
  };
  return {
    create(campaign) {
      if (rows.has(campaign.id)) return false;
      rows.set(campaign.id, campaign);
      return true;
    },
    replace(draft) {
      const row = rows.get(draft.id);
      if (row?.rev !== draft.rev || isStarted(row)) return false;
      rows.set(draft.id, { ...draft, rev: draft.rev + 1 });
      return true;
    },
    unschedule({ id, freezeAt }) {
      const row = underWay(id);
      if (row?.freezeAt !== freezeAt || row.frozenAt || row.packets > 0 || row.cursor !== undefined)
        return false;
      const { when: _, freezeAt: _f, pausedAt: _p, ...draft } = row;
      rows.set(id, draft);
      return true;
    },
    load(id) {
      const { lookAt: _, ...row } = rows.get(id) ?? {};
      return "id" in row ? (row as Campaign) : undefined;
    },
    loadMany: (ids) =>
      ids.flatMap((id) => {
        const { lookAt: _, ...row } = rows.get(id) ?? {};
        return "id" in row ? [row as Campaign] : [];
      }),
    ids: () => [...rows.keys()],
    due: (now, limit) =>
      dueRows("campaign", [...rows.values()].map(dueOf), (row) => row.id, now, limit).map(({ id }) => id),
    moveOn(from, { cursor, packets, recipients, frozenAt, lookAt }) {
      const row = frozenAt ? rows.get(from.id) : underWay(from.id);
      if (!row?.freezeAt || row.frozenAt || row.packets !== from.packets || row.cursor !== from.cursor)
        return false;
      const { cursor: at, ...rest } = row;
      const next = frozenAt ? undefined : (cursor ?? at);
      rows.set(from.id, {
        ...rest,
        packets,
        recipients,
        ...(next !== undefined && { cursor: next }),
        ...(frozenAt && { frozenAt }),
        ...(lookAt && { lookAt }),
      });
      return true;
    },
    pause(id, pausedAt, because) {
      const row = underWay(id);
      if (!row || row.pausedAt) return false;
      const why = because && { pausedBecause: because.cause, watchedFrom: because.feedback };
      rows.set(id, { ...row, pausedAt, ...why });
      return true;
    },
    resume(id) {
      const { pausedAt, pausedBecause: _, ...row } = underWay(id) ?? {};
      if (!pausedAt) return false;
      rows.set(id, row as Campaign);
      return true;
    },
    cancel(id, cancelledAt) {
      const row = underWay(id);
      if (!row || row.doneAt) return false;
      rows.set(id, { ...row, cancelledAt, lookAt: cancelledAt });
      return true;
    },
    lookAgain(id, lookAt) {
      const row = rows.get(id);
      if (row?.lookAt) rows.set(id, { ...row, lookAt });
    },
    finish(id, doneAt) {
      const { lookAt, ...row } = rows.get(id) ?? {};
      if (lookAt) rows.set(id, { ...(row as Campaign), doneAt });
    },
  };
}

/** One that was started is due until its audience is frozen, then when it is to be looked at. */
function dueOf({ id, freezeAt, frozenAt, lookAt }: CampaignRow) {
  return { id, dueAt: lookAt ?? (frozenAt ? undefined : freezeAt) };
}

/** The roster by id; pages of at most `pageSize`, whatever is asked for, so that a small audience has many. */
export function modelRoster(
  subscribers: Map<string, Subscriber>,
  dates: Map<string, ReminderDate>,
  pageSize: number,
): SyncPort<Roster> {
  return {
    page(cursor = "", limit) {
      const everybody = [...subscribers.values()].filter(({ todo }) => todo.erase === undefined);
      const after = everybody.filter(({ id }) => id > cursor).sort((a, b) => (a.id < b.id ? -1 : 1));
      const read = after.slice(0, Math.min(limit, pageSize));
      const people = read.map(({ id, lists, suppressed, zone, topics, tags, createdAt }) => ({
        id,
        lists,
        ...(suppressed && { suppressed }),
        zone,
        ...(topics && { topics }),
        ...(tags && { tags }),
        createdAt,
        dates: [...dates.values()]
          .filter(({ subscriberId }) => subscriberId === id)
          .map(({ kind, date, doneAt, credential }) => ({
            ...(kind && { kind }),
            date,
            ...(doneAt && { doneAt }),
            ...(credential && { credential }),
          })),
      }));
      const last = read.at(-1);
      return last === undefined || read.length === after.length ? { people } : { people, cursor: last.id };
    },
  };
}
