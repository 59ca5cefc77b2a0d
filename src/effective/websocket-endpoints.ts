/** A WebSocket endpoint that a known product or library serves. */
export interface WebSocketEndpoint {
  /** Product or library, as its makers write it. */
  readonly product: string
  /** Paths of the handshake, absolute, whole segments; `*` is one segment, `**` at the end any number of them. */
  readonly paths: readonly string[]
  /** Counts only at the beginning of a path: deeper down the words are ordinary ones (`/shop/cable`). */
  readonly rootOnly?: boolean
  /**
   * Words that name the product in an upstream's name or a named location, in one piece (`socketio` is found in
   * `socket-io` and `SocketIO` too). Empty where the word is too common, and where the product is an application
   * most of whose requests are ordinary ones: an upstream `grafana` says nothing about the location that names it.
   */
  readonly words: readonly string[]
  /**
   * Whether ordinary HTTP requests use the same path too (long polling, negotiate, the app's pages), so that
   * `Connection` wants a map. About the paths: a location that only a name tells may get any requests.
   */
  readonly ordinaryRequestsToo: boolean
  /** Whether clients ask with the trailing slash (`/socket.io/?EIO=4`). */
  readonly trailingSlash: boolean
  /**
   * Seconds between the messages that keep an idle socket alive and that the server sends, or answers, by default: what
   * nginx's `proxy_read_timeout` waits for. Undefined where there are none, or where it is not known.
   */
  readonly heartbeatSeconds?: number
  /** Whether sessions stick to one server (Socket.IO and SockJS with long-polling). */
  readonly stickySessions?: boolean
  /** Where it refuses the handshakes of browsers whose `Origin` is not the `Host` that it gets: the code that does. */
  readonly comparesOrigin?: string
  /** Public page or repository file where the path is stated. */
  readonly source: string
}

/** A segment that says what is spoken below it, whoever speaks. */
export interface GenericEndpointSegment {
  readonly segment: string
  readonly why: string
}

/**
 * Compared with whole segments, in any case: `/news`, `/aws`, `/wsdl`, `/ws.html` and `/websocket-guide` are not among
 * them. Left out: `stream`, `events`, `live`, `push`, `realtime`, `hub`, `chat` and `notifications`, which plain HTTP
 * and server-sent events use as often.
 */
export const genericEndpointSegments: readonly GenericEndpointSegment[] = [
  {
    segment: 'ws',
    why: 'the scheme itself (ttyd, go2rtc, Bokeh, RabbitMQ); SOAP services that live at /ws are the known exception',
  },
  { segment: 'wss', why: 'the scheme itself' },
  { segment: 'websocket', why: 'the protocol itself: Meteor, Rocket.Chat, Moonraker, Directus' },
  { segment: 'websockets', why: 'the protocol itself' },
  { segment: 'web-socket', why: 'the protocol itself, as the words of a URL are joined' },
  { segment: 'web_socket', why: 'the protocol itself, as the words of a URL are joined' },
  { segment: 'socket', why: 'Phoenix, Jellyfin, Traccar; pages about sockets have no location of their own' },
  { segment: 'sockets', why: 'seldom seen, and with sockets behind it where it is' },
]

/**
 * Each was looked up at its source. What is missing is missing because an ordinary site may use the path for something
 * else, and a false alarm is worse than a miss: `/` (Vite, Janus), `/api` (Zigbee2MQTT), `/app/*` (Pusher), `/stream`
 * (Gotify), `/streaming` (Misskey), `/comms` (Node-RED), `/rpc` (SurrealDB), `/graphql` and
 * `/v1/graphql` (Hasura), `/v1/subscribe` (Rancher), `/queue/join` (Gradio before 4), `/doc/*` (ONLYOFFICE). So are
 * applications that ask at `/socket.io/`, `/ws` or `/websocket` like everyone else.
 */
export const webSocketEndpoints: readonly WebSocketEndpoint[] = [
  // Libraries and frameworks

  {
    // Long polling first, then the upgrade. So are Uptime Kuma, Etherpad, Overleaf and Frappe reached.
    product: 'Socket.IO',
    paths: ['/socket.io/**'],
    words: ['socketio'],
    ordinaryRequestsToo: true,
    trailingSlash: true,
    heartbeatSeconds: 25,
    stickySessions: true,
    source: 'https://socket.io/docs/v4/server-options/',
  },
  {
    product: 'Engine.IO',
    paths: ['/engine.io/**'],
    words: ['engineio'],
    ordinaryRequestsToo: true,
    trailingSlash: true,
    heartbeatSeconds: 25,
    stickySessions: true,
    source: 'https://github.com/socketio/socket.io/blob/main/packages/engine.io-client/lib/socket.ts',
  },
  {
    // The handshake is at <prefix>/<server>/<session>/websocket, the prefix is the application's: OctoPrint and Meteor
    // have this one.
    product: 'SockJS',
    paths: ['/sockjs/**'],
    words: ['sockjs'],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    heartbeatSeconds: 25,
    stickySessions: true,
    source: 'https://github.com/sockjs/sockjs-node/blob/main/README.md',
  },
  {
    product: 'Vert.x SockJS bridge',
    paths: ['/eventbus/**'],
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    heartbeatSeconds: 25,
    stickySessions: true,
    source: 'https://github.com/vert-x3/vertx-web/blob/master/vertx-web/src/main/asciidoc/index.adoc',
  },
  {
    // AnyCable serves the same path with the same beat. `/shop/cable` is no socket, hence only from the root.
    product: 'Action Cable',
    paths: ['/cable'],
    rootOnly: true,
    words: ['actioncable', 'anycable'],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    heartbeatSeconds: 3,
    comparesOrigin: 'https://github.com/rails/rails/blob/main/actioncable/lib/action_cable/connection/base.rb',
    source: 'https://guides.rubyonrails.org/action_cable_overview.html',
  },
  {
    // Paths of hubs are the application's; this is a usual one (Sonarr).
    product: 'ASP.NET Core SignalR',
    paths: ['/signalr/**'],
    words: ['signalr'],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    heartbeatSeconds: 15,
    stickySessions: true,
    source: 'https://github.com/Sonarr/Sonarr/blob/v5-develop/src/NzbDrone.Host/Startup.cs',
  },
  {
    product: 'Blazor Server',
    paths: ['/_blazor/**'],
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    heartbeatSeconds: 15,
    stickySessions: true,
    source: 'https://github.com/dotnet/aspnetcore/blob/main/src/Components/Server/src/ComponentHub.cs',
  },
  {
    // The client sends the beat and the server answers it.
    product: 'Phoenix Channels',
    paths: ['/socket/websocket'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    heartbeatSeconds: 30,
    source: 'https://hexdocs.pm/phoenix/channels.html',
  },
  {
    product: 'Phoenix LiveView',
    paths: ['/live/websocket'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    heartbeatSeconds: 30,
    source: 'https://hexdocs.pm/phoenix/deployment.html',
  },
  {
    product: 'Phoenix live reload',
    paths: ['/phoenix/live_reload/socket/**'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    heartbeatSeconds: 30,
    source:
      'https://github.com/phoenixframework/phoenix_live_reload/blob/main/lib/phoenix_live_reload/live_reloader.ex',
  },
  {
    product: 'Centrifugo',
    paths: ['/connection/websocket', '/connection/uni_websocket'],
    words: ['centrifugo'],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    heartbeatSeconds: 25,
    source: 'https://github.com/centrifugal/centrifugo/blob/master/internal/configtypes/types.go',
  },
  {
    // The Pusher protocol's /app/<key> is everyone's path, so only the name tells; the same server answers its HTTP
    // API.
    product: 'Soketi',
    paths: [],
    words: ['soketi'],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    source: 'https://github.com/soketi/soketi/blob/1.x/src/server.ts',
  },
  {
    product: 'Laravel Reverb',
    paths: [],
    words: ['reverb'],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    source: 'https://github.com/laravel/reverb/blob/main/src/Servers/Reverb/Factory.php',
  },
  {
    product: 'deepstream',
    paths: ['/deepstream'],
    words: ['deepstream'],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    heartbeatSeconds: 30,
    source: 'https://github.com/deepstreamIO/deepstream.io/blob/master/conf/config.yml',
  },
  {
    product: 'Primus',
    paths: ['/primus/**'],
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    heartbeatSeconds: 30,
    source: 'https://github.com/primus/primus/blob/master/README.md',
  },
  {
    product: 'Faye',
    paths: ['/faye'],
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    source: 'https://faye.jcoglan.com/browser.html',
  },
  {
    product: 'CometD',
    paths: ['/cometd/**'],
    words: ['cometd'],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    source: 'https://github.com/cometd/cometd/blob/6.0.x/cometd-documentation/src/main/asciidoc/java_oort.adoc',
  },
  {
    product: 'Vaadin push',
    paths: ['/VAADIN/push'],
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    source: 'https://github.com/vaadin/flow/blob/main/flow-server/src/main/java/com/vaadin/flow/server/Constants.java',
  },
  {
    // `f:websocket`.
    product: 'Jakarta Faces',
    paths: ['/jakarta.faces.push/**', '/javax.faces.push/**'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source:
      'https://github.com/jakartaee/faces/blob/master/tck/faces23/websocket/src/test/java/ee/jakarta/tck/faces/test/javaee8/websocket/Spec1396IT.java',
  },
  {
    product: 'NiceGUI',
    paths: ['/_nicegui_ws/**'],
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: true,
    source: 'https://github.com/zauberzeug/nicegui/blob/main/nicegui/nicegui.py',
  },
  {
    product: 'Reflex',
    paths: ['/_event/**'],
    rootOnly: true,
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: true,
    heartbeatSeconds: 25,
    source: 'https://github.com/reflex-dev/reflex/blob/main/packages/reflex-base/src/reflex_base/constants/event.py',
  },
  {
    product: 'Streamlit',
    paths: ['/_stcore/stream'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/streamlit/streamlit/blob/develop/lib/streamlit/web/server/server.py',
  },
  {
    product: 'Shiny Server',
    paths: ['/__sockjs__/**'],
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    source: 'https://github.com/rstudio/shiny-server/blob/master/lib/proxy/multiplex.js',
  },
  {
    product: 'PeerJS',
    paths: ['/peerjs'],
    words: ['peerjs'],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    source: 'https://github.com/peers/peerjs-server/blob/master/src/services/webSocketServer/index.ts',
  },

  // Development servers

  {
    // Version 4 and later use /ws.
    product: 'webpack-dev-server 3',
    paths: ['/sockjs-node/**'],
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    source: 'https://github.com/webpack/webpack-dev-server/blob/main/migration-v4.md',
  },
  {
    product: 'Angular CLI',
    paths: ['/ng-cli-ws'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source:
      'https://github.com/angular/angular-cli/blob/main/packages/angular_devkit/build_angular/src/tools/webpack/configs/dev-server.ts',
  },
  {
    product: 'Next.js',
    paths: ['/_next/webpack-hmr'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/vercel/next.js/blob/04cc3a68a66f280442092ff8193fd73f02e56d9f/docs/upgrading.md',
  },
  {
    product: 'Browsersync',
    paths: ['/browser-sync/socket.io/**'],
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: true,
    heartbeatSeconds: 25,
    source: 'https://github.com/BrowserSync/browser-sync/blob/master/packages/browser-sync/lib/default-config.js',
  },
  {
    product: 'LiveReload',
    paths: ['/livereload'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/livereload/livereload-js/blob/master/src/connector.js',
  },
  {
    product: 'Selenoid',
    paths: ['/devtools/*/page', '/devtools/*/browser'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/aerokube/selenoid/blob/master/docs/devtools.adoc',
  },

  // Notebooks, terminals and remote desktops

  {
    product: 'Jupyter Server',
    paths: ['/api/kernels/*/channels', '/terminals/websocket/**'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    heartbeatSeconds: 30,
    comparesOrigin: 'https://github.com/tornadoweb/tornado/blob/master/tornado/websocket.py',
    source: 'https://github.com/jupyter-server/jupyter_server/blob/main/jupyter_server/gateway/handlers.py',
  },
  {
    // Its path is everyone's, so only the name tells; its page and its token are ordinary requests.
    product: 'ttyd',
    paths: ['/ws'],
    words: ['ttyd'],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    heartbeatSeconds: 5,
    source: 'https://github.com/tsl0922/ttyd/blob/main/src/server.c',
  },
  {
    product: 'WeTTY',
    paths: ['/wetty/socket.io/**'],
    words: ['wetty'],
    ordinaryRequestsToo: true,
    trailingSlash: true,
    heartbeatSeconds: 3,
    source: 'https://github.com/butlerx/wetty/blob/main/docs/apache.md',
  },
  {
    // websockify can serve the pages of noVNC as well.
    product: 'noVNC',
    paths: ['/websockify'],
    words: ['websockify', 'novnc'],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    source: 'https://github.com/novnc/noVNC/blob/master/app/ui.js',
  },
  {
    product: 'Apache Guacamole',
    paths: ['/websocket-tunnel'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source:
      'https://github.com/apache/guacamole-client/blob/main/guacamole/src/main/java/org/apache/guacamole/tunnel/websocket/tomcat/WebSocketTunnelModule.java',
  },
  {
    product: 'Proxmox VE',
    paths: [
      '/api2/json/nodes/*/vncwebsocket',
      '/api2/json/nodes/*/qemu/*/vncwebsocket',
      '/api2/json/nodes/*/lxc/*/vncwebsocket',
    ],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://pve.proxmox.com/pve-docs/api-viewer/',
  },
  {
    product: 'Cockpit',
    paths: ['/cockpit/socket'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    heartbeatSeconds: 5,
    source: 'https://github.com/cockpit-project/cockpit/blob/main/doc/urls.md',
  },

  // Office and collaboration

  {
    product: 'Collabora Online',
    paths: ['/cool/*/ws', '/cool/adminws', '/lool/*/ws', '/lool/adminws'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/CollaboraOnline/online/blob/master/etc/nginx/coolwsd.conf',
  },
  {
    product: 'Confluence Synchrony',
    paths: ['/synchrony/**'],
    words: ['synchrony'],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    source: 'https://confluence.atlassian.com/doc/_installguidedatacenter_startnode1-938042516.html',
  },
  {
    product: 'CryptPad',
    paths: ['/cryptpad_websocket'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/cryptpad/cryptpad/blob/main/docs/example.nginx.conf',
  },
  {
    product: 'Penpot',
    paths: ['/ws/notifications'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/penpot/penpot/blob/develop/backend/src/app/http/websocket.clj',
  },
  {
    product: 'Nextcloud Client Push',
    paths: ['/push/ws'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    heartbeatSeconds: 30,
    source: 'https://github.com/nextcloud/notify_push/blob/main/README.md',
  },
  {
    product: 'Nextcloud Talk signaling server',
    paths: ['/standalone-signaling/spreed'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    heartbeatSeconds: 54,
    source: 'https://github.com/strukturag/nextcloud-spreed-signaling/blob/master/README.md',
  },
  {
    product: 'Mattermost',
    paths: ['/api/v4/websocket'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://docs.mattermost.com/deployment-guide/server/setup-nginx-proxy.html',
  },
  {
    // Server-sent events on the same path.
    product: 'Mastodon',
    paths: ['/api/v1/streaming/**'],
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    source: 'https://github.com/mastodon/mastodon/blob/main/dist/nginx.conf',
  },
  {
    product: 'GitLab',
    paths: ['/-/cable', '/-/environments/*/terminal.ws', '/-/jobs/*/terminal.ws', '/-/jobs/*/proxy.ws'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/gitlabhq/gitlabhq/blob/master/workhorse/internal/upstream/routes.go',
  },
  {
    product: 'Tinode',
    paths: ['/v0/channels/**'],
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    heartbeatSeconds: 49.5,
    source: 'https://github.com/tinode/chat/blob/master/docs/API.md',
  },

  // Voice and video

  {
    product: 'Jitsi Meet',
    paths: ['/xmpp-websocket', '/colibri-ws/**', '/rtcstats-ws'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/jitsi/docker-jitsi-meet/blob/master/web/rootfs/defaults/meet.conf',
  },
  {
    product: 'LiveKit',
    paths: ['/rtc', '/rtc/v1'],
    rootOnly: true,
    words: ['livekit'],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    heartbeatSeconds: 10,
    source: 'https://github.com/livekit/livekit/blob/master/pkg/service/rtcservice.go',
  },
  {
    product: 'Wowza Streaming Engine',
    paths: ['/webrtc-session.json'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source:
      'https://github.com/WowzaMediaSystems/webrtc-examples/blob/master/v1/src/react-example/src/components/composite/CompositePublishSettingsForm.js',
  },
  {
    product: 'Frigate',
    paths: ['/live/jsmpeg/**', '/live/mse/api/ws', '/live/webrtc/api/ws'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/blakeblackshear/frigate/blob/dev/docker/main/rootfs/usr/local/nginx/conf/nginx.conf',
  },
  {
    product: 'Kurento Media Server',
    paths: ['/kurento'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source:
      'https://github.com/Kurento/kurento-java/blob/master/kurento-client/src/main/java/org/kurento/client/internal/KmsUrlLoader.java',
  },
  {
    product: 'BigBlueButton',
    paths: ['/bbb-webrtc-sfu'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source:
      'https://github.com/bigbluebutton/bigbluebutton/blob/fbb0f23510adbacdbae8a65ec55d047cb5511411/build/packages-template/bbb-webrtc-sfu/webrtc-sfu.nginx',
  },
  {
    // Peers speak every 15 minutes; its pages use /socket.io.
    product: 'PeerTube',
    paths: ['/tracker/socket'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/Chocobozzz/PeerTube/blob/develop/support/nginx/peertube',
  },
  {
    product: 'Asterisk',
    paths: ['/ari/events'],
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    source:
      'https://github.com/asterisk/documentation/blob/main/docs/Configuration/Interfaces/Asterisk-REST-Interface-ARI/Getting-Started-with-ARI/index.md',
  },
  {
    product: 'Plex Media Server',
    paths: ['/:/websockets/notifications'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/pkkid/python-plexapi/blob/master/plexapi/alert.py',
  },
  {
    product: 'Emby',
    paths: ['/embywebsocket'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/linuxserver/reverse-proxy-confs/blob/master/emby.subfolder.conf.sample',
  },

  // Homes, machines and messages

  {
    product: 'Home Assistant',
    paths: ['/api/websocket'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://developers.home-assistant.io/docs/api/websocket/',
  },
  {
    // Its usual path is /websocket.
    product: 'Moonraker',
    paths: ['/klippysocket'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/Arksine/moonraker/blob/master/docs/external_api/introduction.md',
  },
  {
    product: 'Signal K',
    paths: ['/signalk/v1/stream'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/SignalK/specification/blob/master/mdbook/src/subscription_protocol.md',
  },
  {
    product: 'ThingsBoard',
    paths: ['/api/ws/plugins/telemetry'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://thingsboard.io/docs/user-guide/telemetry/',
  },
  {
    // MQTT over WebSocket.
    product: 'EMQX',
    paths: ['/mqtt'],
    rootOnly: true,
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://docs.emqx.com/en/emqx/latest/configuration/listener.html',
  },
  {
    product: 'Vaultwarden',
    paths: ['/notifications/hub/**', '/notifications/anonymous-hub/**'],
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    heartbeatSeconds: 15,
    source: 'https://github.com/dani-garcia/vaultwarden/blob/main/src/api/notifications.rs',
  },

  // Operations and data

  {
    product: 'Grafana Live',
    paths: ['/api/live/ws', '/grafana/api/live/**'],
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    source: 'https://github.com/grafana/tutorials/blob/master/content/tutorials/run-grafana-behind-a-proxy.md',
  },
  {
    product: 'Grafana Loki',
    paths: ['/loki/api/v1/tail', '/api/prom/tail'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://grafana.com/docs/loki/latest/reference/loki-http-api/',
  },
  {
    product: 'Kubernetes Dashboard',
    paths: ['/api/sockjs/**'],
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    stickySessions: true,
    source: 'https://github.com/kubernetes/dashboard/blob/master/modules/api/main.go',
  },
  {
    product: 'Rancher',
    paths: ['/k8s/clusters/*/v1/subscribe'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/rancher/dashboard/blob/master/shell/plugins/steve/subscribe.js',
  },
  {
    product: 'Portainer',
    paths: ['/api/websocket/exec', '/api/websocket/attach', '/api/websocket/pod', '/api/websocket/kubernetes-shell'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/portainer/portainer/blob/develop/api/http/handler/websocket/handler.go',
  },
  {
    product: 'Pterodactyl Wings',
    paths: ['/api/servers/*/ws'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/pterodactyl/wings/blob/develop/router/router.go',
  },
  {
    product: 'Docker Engine',
    paths: ['/containers/*/attach/ws'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://docs.docker.com/reference/api/engine/',
  },
  {
    product: 'Nomad',
    paths: ['/v1/client/allocation/*/exec'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/hashicorp/nomad/blob/main/api/allocations_exec.go',
  },
  {
    product: 'Selenium Grid',
    paths: ['/session/*/se/cdp', '/session/*/se/bidi', '/session/*/se/vnc', '/session/*/se/fwd'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source:
      'https://github.com/SeleniumHQ/selenium/blob/trunk/java/src/org/openqa/selenium/grid/node/ProxyNodeWebsockets.java',
  },
  {
    product: 'Jenkins',
    paths: ['/wsagents/**', '/cli/ws'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    heartbeatSeconds: 30,
    source: 'https://github.com/jenkinsci/jenkins/blob/master/core/src/main/java/jenkins/agents/WebSocketAgents.java',
  },
  {
    // Server-sent events instead, where so configured.
    product: 'n8n',
    paths: ['/rest/push'],
    rootOnly: true,
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    comparesOrigin: 'https://github.com/n8n-io/n8n/blob/master/packages/cli/src/push/origin-validator.ts',
    source: 'https://github.com/n8n-io/n8n/blob/master/packages/cli/src/push/index.ts',
  },
  {
    product: 'Paperless-ngx',
    paths: ['/ws/status'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: true,
    source: 'https://github.com/paperless-ngx/paperless-ngx/blob/dev/src/paperless/urls.py',
  },
  {
    product: 'Supabase Realtime',
    paths: ['/realtime/v1/websocket'],
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/supabase/realtime/blob/main/DEVELOPERS.md',
  },
  {
    product: 'Appwrite Realtime',
    paths: ['/v1/realtime'],
    rootOnly: true,
    words: [],
    ordinaryRequestsToo: false,
    trailingSlash: false,
    source: 'https://github.com/appwrite/sdk-for-web/blob/main/src/client.ts',
  },
  {
    product: 'Gremlin Server',
    paths: ['/gremlin'],
    words: [],
    ordinaryRequestsToo: true,
    trailingSlash: false,
    source: 'https://tinkerpop.apache.org/docs/3.7.0/reference/#connecting-via-drivers',
  },
]
