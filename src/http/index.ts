export { createHttpServer, type HttpServer, type Readiness } from "./server.ts";
