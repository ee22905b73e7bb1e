import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { faultOf, within } from "../../src/bot/index.ts";
import type { Api } from "./api.ts";
import type { Pictured } from "./palette.ts";
import { channelName, type NoteReader, readNote } from "./read-note.ts";
import { renderLimits } from "./render/limits.ts";
import { sendLimits } from "./send-limits.ts";

/** Pictures of charts, which are uploaded once for all cards that show them. */
export interface Pictures {
  /**
   * What the platform calls the picture of these charts. Where it was not uploaded yet it is now, if that is wanted: that costs
   * a call of the month. Undefined where there is none, or it takes too long: then the card goes without it. Never rejects.
   */
  idOf(charts: readonly Pictured[], options: { readonly upload: boolean }): Promise<string | undefined>;
}

export interface PicturesOptions extends NoteReader {
  readonly api: Pick<Api, "upload">;
  /** Draws a PNG; the same charts always give the same bytes. */
  readonly draw: (charts: readonly Pictured[]) => Promise<Uint8Array>;
}

/**
 * The note of a picture stands under the hash of its bytes, and holds its media id, which stays good for as long as the
 * organisation is there, and can be used again and again (documents "Media files overview" and "Upload media files").
 */
const noteKind = "picture";
const mediaIdSchema = z
  .string()
  .max(renderLimits.mediaId)
  .regex(/^[\w@$./:=-]+$/);

export function createPictures(options: PicturesOptions): Pictures {
  const { api, draw, notes, clock, log } = options;
  /** By the hash of the charts, so that they need not be drawn to be known. */
  const known = new LRUCache<string, string>({ max: sendLimits.pictures });
  /** The hashes of pictures that were drawn, by the same: what is only looked up is drawn once. */
  const hashes = new LRUCache<string, string>({ max: sendLimits.pictures });
  const underWay = new Map<string, Promise<string | undefined>>();
  /** Until when none is drawn, and none uploaded, by the clock's `elapsed`. */
  const rests = { draw: Number.NEGATIVE_INFINITY, upload: Number.NEGATIVE_INFINITY };

  async function find(charts: readonly Pictured[], key: string, mayUpload: boolean): Promise<string | undefined> {
    try {
      const drawn = hashes.get(key);
      if (drawn !== undefined && !mayUpload) {
        return await noted(drawn);
      }
      const picture = await draw(charts);
      const hash = hashOf(picture);
      hashes.set(key, hash);
      return (await noted(hash)) ?? (mayUpload ? await upload(picture, hash) : undefined);
    } catch (error) {
      rests.draw = clock.elapsed() + sendLimits.pictureRest;
      log.error({ fault: faultOf(error) }, "A picture could not be drawn, and cards go without it.");
      return undefined;
    }
  }

  async function noted(hash: string): Promise<string | undefined> {
    return mediaIdSchema.safeParse(await readNote(options, noteKind, hash, sendLimits.note)).data;
  }

  async function upload(picture: Uint8Array, hash: string): Promise<string | undefined> {
    const name = `${hash.slice(0, 16)}.png`;
    const uploaded = await api.upload({ type: "image", name, bytes: picture.byteLength, content: picture });
    const mediaId = uploaded.ok ? mediaIdSchema.safeParse(uploaded.value).data : undefined;
    if (mediaId === undefined) {
      rests.upload = clock.elapsed() + sendLimits.pictureRest;
      const { sentence: reason, code, requestId } = uploaded.ok ? strange : uploaded.failure;
      log.warn({ reason, code, requestId }, "A picture could not be uploaded, and cards go without it.");
      return undefined;
    }
    notes.put({ channel: channelName, kind: noteKind, key: hash, text: mediaId });
    return mediaId;
  }

  function findOnce(charts: readonly Pictured[], key: string, mayUpload: boolean): Promise<string | undefined> {
    const name = `${mayUpload ? "upload" : "look up"} ${key}`;
    const found = underWay.get(name);
    if (found !== undefined) {
      return found;
    }
    const finding = find(charts, key, mayUpload).then((mediaId) => {
      underWay.delete(name);
      if (mediaId !== undefined) {
        known.set(key, mediaId);
      }
      return mediaId;
    });
    underWay.set(name, finding);
    return finding;
  }

  return {
    async idOf(charts, { upload: isWanted }) {
      if (charts.length === 0) {
        return undefined;
      }
      const key = hashOf(JSON.stringify(charts));
      const mediaId = known.get(key);
      if (mediaId !== undefined) {
        return mediaId;
      }
      if (clock.elapsed() < rests.draw) {
        return undefined;
      }
      // One that comes too late for this card is there for the next.
      const finding = findOnce(charts, key, isWanted && clock.elapsed() >= rests.upload);
      return within(clock, sendLimits.picture, finding, undefined);
    },
  };
}

const strange = { sentence: "The platform gave no media id that can be used.", code: undefined, requestId: undefined };

function hashOf(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("base64url");
}
