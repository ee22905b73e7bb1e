export { createHttpServer } from "./server.ts";
