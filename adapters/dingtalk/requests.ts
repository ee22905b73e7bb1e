/** A card, and where it goes. */
export interface CreateCard {
  /** Tells doubles apart: of two cards with the same one the platform shows the first. */
  readonly outTrackId: string;
  /** The variables of the template. */
  readonly params: Readonly<Record<string, string>>;
  readonly to:
    | { readonly kind: "group"; readonly conversationId: string }
    | { readonly kind: "single"; readonly staffId: string };
  /** What stands in the list of conversations and in the notification: plain text. */
  readonly summary: string;
}

/** Templates of robot messages (document "Types of messages that robots send"). */
export type MsgKey = "sampleText" | "sampleMarkdown" | "sampleFile";

/** The template that belongs to every organisation: markdown and buttons. */
const publicTemplate = "1366a1eb-bc54-4859-ac88-517c56a9acb1.schema";

// Ids go into an openSpaceId, where "." and ";" part its pieces. Those of chats begin with "cid" in all documents, and no
// document promises it.
const conversationForm = /^[\w+/=:@-]{1,200}$/;
const staffForm = /^[\w@.-]{1,100}$/;
const outTrackForm = /^[\w-]{1,100}$/;

export const isConversation = (id: string): boolean => conversationForm.test(id);
/** Ids of people are chosen by their organisation: letters, digits, `_`, `-`, `@` and `.` (document "Create a user"). */
export const isStaff = (id: string): boolean => staffForm.test(id);
export const isOutTrack = (id: string): boolean => outTrackForm.test(id);

interface App {
  readonly robotCode: string;
  /** Empty: the public template. */
  readonly cardTemplateId: string;
}

/** Whose template it is. @param cardTemplateId empty: the public template */
export function templateOf(cardTemplateId: string): "public" | "own" {
  return cardTemplateId === "" || cardTemplateId === publicTemplate ? "public" : "own";
}

/** What of that body is the card alone, wherever it goes. @param cardTemplateId empty: the public template */
export function cardBody(params: CreateCard["params"], cardTemplateId: string) {
  return {
    cardTemplateId: cardTemplateId === "" ? publicTemplate : cardTemplateId,
    callbackType: "STREAM",
    userIdType: 1,
    cardData: { cardParamMap: params },
  };
}

/** The body of POST /v1.0/card/instances/createAndDeliver. */
export function createBody(
  { outTrackId, params, to, summary }: CreateCard,
  { robotCode, cardTemplateId }: App,
): object {
  const card = { outTrackId, ...cardBody(params, cardTemplateId) };
  // A client in another language would show "[Card]" where it finds no text of its own.
  const space = {
    supportForward: false,
    lastMessageI18n: { ZH_CN: summary, EN_US: summary },
    notification: { alertContent: summary, notificationOff: false },
  };
  return to.kind === "group"
    ? {
        ...card,
        openSpaceId: `dtv1.card//IM_GROUP.${to.conversationId}`,
        imGroupOpenSpaceModel: space,
        imGroupOpenDeliverModel: { robotCode },
      }
    : {
        ...card,
        openSpaceId: `dtv1.card//IM_ROBOT.${to.staffId}`,
        imRobotOpenSpaceModel: space,
        imRobotOpenDeliverModel: { spaceType: "IM_ROBOT", robotCode },
      };
}

/** The body of PUT /v1.0/card/instances. Without by-key every variable that is not named is emptied. */
export function updateBody(outTrackId: string, params: Readonly<Record<string, string>>): object {
  return { outTrackId, cardData: { cardParamMap: params }, cardUpdateOptions: { updateCardDataByKey: true } };
}
