import type { UnwrittenReason } from "../answer.ts";
import { sizesIn } from "./size.ts";
import type { Texts } from "./texts.ts";

const number = new Intl.NumberFormat("zh");
const bytes = sizesIn("zh");

/** Why a folder took no file, and what mends it. */
const unwritten: Readonly<Record<UnwrittenReason, readonly [why: string, mend: string]>> = {
  denied: ["当前用户无权写入", "授予当前用户写入权限"],
  full: ["磁盘已满", "清理磁盘空间"],
  missing: ["没有该文件夹", "创建该文件夹"],
  other: ["磁盘未能写入", "检查磁盘"],
};

export const exportInChinese: Texts["exports"] = {
  title: "导出运行时",
  reading: "正在读取列表…",
  progress: (rows, total) => `正在读取列表：${number.format(rows)}/${number.format(total)} 个运行时`,
  size: "大小",
  file: "文件",
  bytes,
  sent: "文件已发到此会话。",
  written: (path) => `文件已写入：${path}`,
  tooMany: (total, limit) => ({
    happened: `此文件需要读取 ${number.format(total)} 个运行时，一个文件最多 ${number.format(limit)} 个。`,
    todo: "请用提供商、状态或资源组等筛选缩小范围，分几次导出。",
  }),
  tooLarge: (size, limit) => ({
    happened: `文件大小为 ${bytes(size)}，此处最多可发送 ${bytes(limit)}。`,
    todo: "请用提供商、状态或资源组等筛选缩小范围，分几次导出。",
  }),
  notSent: {
    refused: {
      happened: "文件已生成，但平台没有接收。",
      todo: "原因见机器人的日志，多半是缺少上传和发送文件的权限，请联系管理员。",
    },
    maybe: {
      happened: "文件已生成并发送，但平台没有确认是否送达。",
      todo: "如果一分钟后会话中仍没有文件，请重新导出。",
    },
    failed: {
      happened: "文件已生成，但未能发送。",
      todo: "请一分钟后再试。",
    },
    disk: {
      happened: "文件未能写入机器人所在的主机，原因见其日志。",
      todo: "请联系管理员清理临时文件夹的空间，然后重试。",
    },
  },
  unwritten: ({ folder, temporary, reason }) => {
    const [why, mend] = unwritten[reason];
    const otherwise = temporary ? "用 TMPDIR 指定其他临时文件夹" : "换一个文件夹再执行";
    return { happened: `文件未能写入 ${folder}：${why}。`, todo: `请${mend}，或${otherwise}。` };
  },
  as: (format) => `导出为 ${format}`,
  only: (value) => `仅${value}`,
};
