import type { Card } from "../../src/cards/index.ts";
import type { Calls } from "./calls.ts";
import type { Pictures } from "./pictures.ts";
import { type Rendered, withPicture } from "./render.ts";
import type { Params } from "./views.ts";

/** A card as it goes to the platform: with its picture, where there is one. */
export interface Drawn extends Omit<Rendered, "params"> {
  readonly params: Params;
}

export type Draw = (card: Card) => Promise<Drawn>;

export interface DrawOptions {
  readonly calls: Pick<Calls, "sparing">;
  readonly pictures: Pictures;
  readonly rendering: (card: Card) => Rendered;
}

/** Creates what draws cards. A picture that costs a call is left out where those are few. */
export function createDraw({ calls, pictures, rendering }: DrawOptions): Draw {
  return async (card) => {
    const rendered = rendering(card);
    const { picture, params } = rendered;
    const mediaId = picture.length === 0 ? undefined : await pictures.idOf(picture, { upload: !calls.sparing() });
    const shown = mediaId === undefined ? params : withPicture(params, mediaId);
    // Words to who pressed stand in the tips, and are over with the next card.
    return { ...rendered, params: { ...shown, tips: "" } };
  };
}
