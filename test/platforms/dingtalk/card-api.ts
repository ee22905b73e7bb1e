import { z } from "zod";
import type { ApiAnswer } from "../server.ts";
import { type Code, refusal, success } from "./answers.ts";
import type { Chat, Directory } from "./directory.ts";
import type { FaultPlan } from "./faults.ts";
import { imagesOf } from "./markdown.ts";
import type { Settings } from "./options.ts";
import type { Records } from "./record.ts";
import { sentence } from "./sentence.ts";
import type { Content, Shows } from "./shown.ts";
import type { Uploads } from "./upload-api.ts";

/** The calls about cards. */
export interface CardApi {
  /** POST /v1.0/card/instances/createAndDeliver. */
  deliver(body: unknown): ApiAnswer;
  /** PUT /v1.0/card/instances. */
  update(body: unknown): ApiAnswer;
}

/** A template of the organisation, or the public one. */
export type TemplateState = "published" | "unpublished";

const content = z.strictObject({ cardParamMap: z.record(z.string(), z.unknown()) });
const languages = z.partialRecord(z.enum(["ZH_CN", "ZH_TW", "EN_US", "JA_JP", "VI_VN"]), z.string().min(1));
const spaceModel = z.strictObject({
  supportForward: z.boolean().optional(),
  lastMessageI18n: languages.optional(),
  notification: z
    .strictObject({ alertContent: z.string().optional(), notificationOff: z.boolean().optional() })
    .optional(),
  searchSupport: z
    .strictObject({ searchIcon: z.string().optional(), searchTypeName: z.string(), searchDesc: z.string() })
    .optional(),
});
const deliverBody = z.strictObject({
  outTrackId: z.string(),
  cardTemplateId: z.string(),
  callbackType: z.literal("STREAM"),
  userIdType: z.literal(1).optional(),
  userId: z.string().optional(),
  openSpaceId: z.string(),
  cardData: content,
  privateData: z.record(z.string(), content).optional(),
  imGroupOpenSpaceModel: spaceModel.optional(),
  imGroupOpenDeliverModel: z
    .strictObject({
      robotCode: z.string().min(1),
      atUserIds: z.record(z.string(), z.string()).optional(),
      recipients: z.array(z.string()).optional(),
      extension: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  imRobotOpenSpaceModel: spaceModel.optional(),
  imRobotOpenDeliverModel: z
    .strictObject({
      spaceType: z.literal("IM_ROBOT"),
      robotCode: z.string().optional(),
      extension: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
});
const updateBody = z.strictObject({
  outTrackId: z.string(),
  cardData: content.optional(),
  privateData: z.record(z.string(), content).optional(),
  userIdType: z.literal(1).optional(),
  cardUpdateOptions: z
    .strictObject({ updateCardDataByKey: z.boolean().optional(), updatePrivateDataByKey: z.boolean().optional() })
    .optional(),
});
type Delivering = z.infer<typeof deliverBody>;

/** The code for a field that is missing or wrong (document "Create and deliver a card"). */
const fieldCodes: Readonly<Record<string, Code>> = {
  outTrackId: "param.outTrackIdEmpty",
  cardTemplateId: "param.cardTemplateIdEmpty",
  openSpaceId: "param.openSpaceIdEmpty",
  cardData: "param.cardPublicDataEmpty",
  imGroupOpenSpaceModel: "param.openSpaceModelInvalid",
  imRobotOpenSpaceModel: "param.openSpaceModelInvalid",
  imGroupOpenDeliverModel: "param.openDeliverModelError",
  imRobotOpenDeliverModel: "param.openDeliverModelError",
};

function wrongField(error: z.ZodError): ApiAnswer {
  return refusal(fieldCodes[String(error.issues[0]?.path[0])] ?? "param.invalid", sentence(error));
}

type ReadParams = { readonly ok: true; readonly params: Content } | { readonly ok: false; readonly answer: ApiAnswer };

/** Where a card is to stand; the document writes the type in small letters, its examples in capitals. */
interface Space {
  readonly type: "IM_GROUP" | "IM_ROBOT";
  readonly id: string;
}

function spaceOf(openSpaceId: string): Space | undefined {
  const [, type = "", id = ""] = /^dtv1\.card\/\/(im_group|im_robot)\.([^;]+)$/i.exec(openSpaceId) ?? [];
  if (id === "") return undefined;
  return { type: type.toUpperCase() === "IM_GROUP" ? "IM_GROUP" : "IM_ROBOT", id };
}

export function createCardApi(options: {
  readonly settings: Settings;
  readonly records: Records;
  readonly directory: Directory;
  readonly templates: ReadonlyMap<string, TemplateState>;
  readonly shows: Shows;
  readonly uploads: Uploads;
  readonly faults: FaultPlan;
  readonly ids: (prefix: string) => string;
}): CardApi {
  const { settings, records, directory, shows } = options;

  /** Variables that can be shown, or why not. */
  function readParams(params: Readonly<Record<string, unknown>>): ReadParams {
    const wrong = settings.checkCard(params);
    if (wrong.length > 0) return { ok: false, answer: refusal("param.invalid", wrong.slice(0, 3).join(" | ")) };
    const read = z.record(z.string(), z.string()).safeParse(params);
    if (!read.success) return { ok: false, answer: refusal("param.invalid", "a value is no string") };
    const unknown = unknownPicture(read.data);
    return unknown === undefined ? { ok: true, params: read.data } : { ok: false, answer: unknown };
  }

  function unknownPicture(params: Content): ApiAnswer | undefined {
    const text = params.markdown ?? "";
    const ids = [params.logo ?? "", ...(text.includes("![") ? imagesOf(text).map(({ url }) => url) : [])];
    const unknown = ids.find((id) => id.startsWith("@") && options.uploads.get(id) === undefined);
    return unknown === undefined ? undefined : refusal("param.invalid", `the media id ${unknown} was not given out`);
  }

  function wrongModel(given: Delivering, { type }: Space): ApiAnswer | undefined {
    const group = given.imGroupOpenDeliverModel;
    if (type === "IM_ROBOT" ? given.imRobotOpenDeliverModel === undefined : group === undefined) {
      return refusal("param.openDeliverModelEmpty", `no deliver model for ${type}`);
    }
    const robot = type === "IM_ROBOT" ? given.imRobotOpenDeliverModel?.robotCode : group?.robotCode;
    return robot === undefined || robot === settings.robotCode
      ? undefined
      : refusal("invalidParameter.robotCode.notExsit");
  }

  function wrongTemplate(id: string): ApiAnswer | undefined {
    const state = options.templates.get(id);
    if (state === undefined) return refusal("param.templateNotExist");
    return state === "unpublished" ? refusal("param.templateUnpublished") : undefined;
  }

  /** The chat of a space; an answer where there is no such person. */
  function chatOf({ type, id }: Space): Chat | ApiAnswer | undefined {
    if (type === "IM_GROUP") return directory.chat(id);
    const person = directory.staff(id);
    return person === undefined ? refusal("param.userIdNotExist") : directory.single(person.id);
  }

  function delivered(given: Delivering, { type, id }: Space, errorMsg: string | undefined): ApiAnswer {
    const outcome =
      errorMsg === undefined ? { success: true, carrierId: options.ids("carrier") } : { success: false, errorMsg };
    const deliverResults = [{ spaceType: type, spaceId: id, ...outcome }];
    return success({ success: true, result: { outTrackId: given.outTrackId, deliverResults } });
  }

  function deliver(given: Delivering): ApiAnswer {
    const space = spaceOf(given.openSpaceId);
    if (given.outTrackId === "") return refusal("param.outTrackIdEmpty");
    if (space === undefined) return refusal("param.openSpaceIdInvalid", given.openSpaceId);
    const wrong = wrongModel(given, space) ?? wrongTemplate(given.cardTemplateId);
    if (wrong !== undefined) return wrong;
    const params = readParams(given.cardData.cardParamMap);
    if (!params.ok) return params.answer;
    if (Object.keys(params.params).length === 0) return refusal("param.cardPublicDataEmpty");
    const chat = chatOf(space);
    if (chat !== undefined && "status" in chat) return chat;
    const known = shows.get(given.outTrackId);
    if (known !== undefined && settings.again === "refuse") return refusal("param.cardAlreadyExist");
    if (known?.delivered === true) return delivered(given, space, undefined);
    // Which error a group without the robot gives is not documented; that a 200 can hold a failed delivery is.
    const there = chat?.robotIn === true && (space.type === "IM_ROBOT" || chat.group);
    const errorMsg = options.faults.failure() ?? (there ? undefined : "the robot is not in the conversation");
    const model = space.type === "IM_GROUP" ? given.imGroupOpenSpaceModel : given.imRobotOpenSpaceModel;
    shows.add({
      id: given.outTrackId,
      chat: chat?.id ?? space.id,
      via: "card",
      kind: "card",
      content: params.params,
      template: given.cardTemplateId,
      lastMessage: { ...model?.lastMessageI18n },
      delivered: errorMsg === undefined,
    });
    return delivered(given, space, errorMsg);
  }

  function update(given: z.infer<typeof updateBody>): ApiAnswer {
    const card = shows.get(given.outTrackId);
    if (card === undefined || card.kind !== "card") return refusal("param.cardNotExist");
    const { cardData, privateData = {}, cardUpdateOptions } = given;
    if (cardData === undefined && given.privateData === undefined) {
      return refusal("param.cardDataAndPrivateDataBothEmpty");
    }
    const params = cardData === undefined ? undefined : readParams(cardData.cardParamMap);
    if (params?.ok === false) return params.answer;
    const secrets: [string, Content][] = [];
    for (const [staffId, data] of Object.entries(privateData)) {
      const person = directory.staff(staffId);
      const read = readParams(data.cardParamMap);
      if (person === undefined) return refusal("param.userIdNotExist");
      if (!read.ok) return read.answer;
      secrets.push([person.id, read.params]);
    }
    if (card.open > 0) records.complain(`PUT of the card ${card.id} while a callback of it is open: the answer wins`);
    if (params !== undefined) shows.update(card.id, params.params, cardUpdateOptions?.updateCardDataByKey === true);
    for (const [person, read] of secrets) {
      shows.updatePrivate(card.id, person, read, cardUpdateOptions?.updatePrivateDataByKey === true);
    }
    return success({ success: true, result: true });
  }

  return {
    deliver(body) {
      const read = deliverBody.safeParse(body);
      return read.success ? deliver(read.data) : wrongField(read.error);
    },
    update(body) {
      const read = updateBody.safeParse(body);
      return read.success ? update(read.data) : wrongField(read.error);
    },
  };
}
