import { startServices } from "./services.ts";

// Lives as long as who started it: once that is gone, or lets go, the services end.
const services = await startServices();
process.on("disconnect", () => void services.stop().finally(() => process.exit()));
process.send?.(services.url);
