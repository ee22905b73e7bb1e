export { createAgents, throughProxy } from "./agents.ts";
export { noProxies, type Proxies, proxyFor, shownProxy } from "./proxies.ts";
export { type ProxyFault, proxyFaultOf } from "./proxy-fault.ts";
