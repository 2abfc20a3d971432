/** What is used of Home Assistant's frontend: its stable API only. */

export interface Connection {
  subscribeMessage<T>(
    callback: (message: T) => void,
    message: { type: string; [key: string]: unknown },
    options?: { resubscribe?: boolean },
  ): Promise<() => Promise<void>>;
  /** "ready" is sent when a lost connection is there again. */
  addEventListener(event: "ready", listener: () => void): void;
  removeEventListener(event: "ready", listener: () => void): void;
}

export interface Locale {
  language: string;
  number_format: string;
  time_format: string;
  date_format: string;
  time_zone: string;
}

export interface HomeAssistant {
  connection: Connection;
  locale: Locale;
  config: {
    time_zone: string;
    currency: string;
    latitude: number;
    unit_system: { temperature: string };
  };
  /** Not known before Home Assistant has read its themes. */
  themes: { darkMode?: boolean };
  entities?: Record<
    string,
    { platform?: string; translation_key?: string; device_id?: string }
  >;
  /** The actions that can be called, by domain and name. */
  services?: Record<string, Record<string, object>>;
  devices?: Record<string, { primary_config_entry?: string | null }>;
  /** A state is another object once it has changed. */
  states?: Record<string, EntityState>;
  /** It shows an error to the user by itself. */
  callService?(domain: string, action: string, data: object): Promise<unknown>;
  callWS<T>(message: { type: string; [key: string]: unknown }): Promise<T>;
}

export interface EntityState {
  state: string;
  attributes: Readonly<Record<string, unknown>>;
}

/** A card's configuration, as it is written in a dashboard. */
export interface CardConfig {
  type: string;
  /** Which heat pump or other entry; without it, the only one of its kind. */
  entry_id?: string;
}
