/** Commands with every kind of answer. `id` is of a runtime. */
export const commandsOfEveryKind = (id: string): readonly string[] => [
  "/help",
  "/help filters",
  "/runtimes summary",
  "/runtimes summary by=version",
  `/runtimes show ${id}`,
  "/runtimes show nobody",
  "/runtimes size=50 sort=-risk",
  "/runtimes page=99",
  "/runtimes status=Deleted name=nobody",
  "/runtimes statsu=Running",
  "/alerts on",
  "hello",
  "/运行时 风险=是",
  "/help 筛选",
];
