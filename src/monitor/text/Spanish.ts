import { spanishTask } from "./SpanishTask.ts"

/** What the page says; `english` has the same shape. */
export const spanish = {
  ...spanishTask,
  page: {
    skip: "Ir al contenido",
    sections: "Secciones",
    tasks: "Facturas",
    newTask: "Nueva factura",
    profile: "Perfil fiscal",
    logOut: "Cerrar sesión",
    language: "English",
    toDark: "Usar colores oscuros",
    toLight: "Usar colores claros",
    unknown: "Esta página no existe",
    home: "Ir a mis facturas",
    retry: "Reintentar",
    loading: "Cargando…"
  },
  problem: {
    fields: "Revise lo que se señala abajo.",
    unreachable: "No hay comunicación con el servidor. Revise su conexión e intente de nuevo.",
    unreadable: (status: number) => `El servidor respondió algo que no se entiende (${status}). Intente de nuevo.`,
    reference: "Referencia"
  },
  login: {
    title: "Iniciar sesión",
    lead: "Del ticket de compra a la factura (CFDI), en el portal del propio comercio.",
    email: "Correo electrónico",
    password: "Contraseña",
    submit: "Entrar",
    noAccount: "¿Aún no tiene cuenta?",
    register: "Crear una cuenta",
    expired: "Su sesión terminó. Inicie sesión de nuevo para continuar."
  },
  register: {
    title: "Crear una cuenta",
    lead: "Sus datos fiscales se usan para llenar los portales de facturación. Escríbalos como aparecen en su constancia de situación fiscal.",
    account: "Acceso",
    passwordHint: "8 caracteres o más.",
    submit: "Crear cuenta",
    hasAccount: "¿Ya tiene cuenta?",
    done: "Su cuenta está lista."
  },
  fiscal: {
    title: "Datos fiscales",
    rfc: "RFC",
    rfcHint: "12 caracteres si es empresa, 13 si es persona física.",
    fullName: "Nombre o razón social",
    fullNameHint: "Como en la constancia; las empresas, sin «S.A. de C.V.».",
    regime: "Régimen fiscal",
    choose: "Elija una opción",
    postalCode: "Código postal del domicilio fiscal",
    use: "Uso del CFDI",
    useHint: "El que se pedirá si una factura no indica otro.",
    email: "Correo para recibir facturas",
    details: "Otros datos de la empresa (opcional)",
    detailsHint: "Lo que algunos portales piden además: calle, colonia, teléfono…"
  },
  pairs: {
    label: "Dato",
    value: "Valor",
    add: "Agregar dato",
    remove: (label: string) => (label === "" ? "Quitar este dato" : `Quitar ${label}`)
  },
  privacy: {
    title: "Aviso de privacidad",
    version: (version: string) => `Versión ${version}`,
    link: "Leer el aviso de privacidad integral",
    newTab: "(se abre en otra pestaña)",
    consent:
      "Leí el aviso de privacidad y doy mi consentimiento expreso para que Timbra trate mis datos fiscales con el fin de pedir mis facturas.",
    pending: "Falta su consentimiento: sin él no se puede pedir ninguna factura.",
    outdated: "El aviso de privacidad cambió desde que lo aceptó. Revíselo y acéptelo para pedir más facturas.",
    accepted: (version: string, when: string) => `Aceptó la versión ${version} el ${when}`,
    accept: "Aceptar el aviso",
    withdraw: "Retirar mi consentimiento"
  },
  profile: {
    title: "Perfil fiscal",
    lead: "Con estos datos se llenan los portales. Deben coincidir con su constancia de situación fiscal.",
    save: "Guardar cambios",
    saved: "Los cambios se guardaron.",
    kept: "Otros datos guardados con su perfil"
  },
  warnings: {
    RFC_DATE: "La fecha dentro del RFC no existe. Corríjala antes de pedir una factura.",
    RFC_CHECK_DIGIT: "El dígito verificador del RFC no corresponde. Revise que esté bien escrito.",
    PASSWORD_COMMON: "Su contraseña está entre las más usadas: conviene cambiarla.",
    RECEIVER_NAME: "El nombre del receptor en el CFDI difiere del de su perfil.",
    RECEIVER_POSTAL_CODE: "El código postal del CFDI difiere del de su perfil.",
    RECEIVER_REGIME: "El régimen fiscal del CFDI difiere del de su perfil.",
    CFDI_USE: "El uso del CFDI difiere del que se pidió.",
    GLOBAL_INVOICE: "El CFDI lleva datos de factura global.",
    TOTAL_TIP: "El total coincide con el ticket sin propina o con ella, no con el total impreso.",
    PDF_MISSING: "El portal no entregó un PDF; el XML es el comprobante válido.",
    PDF_UNVERIFIED:
      "No se pudo comprobar que el PDF sea de este CFDI: compare su folio fiscal. El XML sí está comprobado.",
    RECOVERED: "El ticket ya tenía factura a su nombre: se recuperó la que existía.",
    DELIVERY_UNSTATED: "El portal no dijo cómo entrega la factura. Revise su correo."
  },
  list: {
    title: "Facturas",
    filter: "Filtrar por estado",
    all: "Todas",
    emptyTitle: "Aún no hay facturas",
    emptyLead: "Escriba los datos de un ticket y Timbra pedirá la factura en el portal del comercio.",
    noneOfStatus: "Ninguna factura tiene este estado.",
    first: "Pedir la primera factura",
    stale: "Sin comunicación con el servidor. Se muestran los últimos datos recibidos.",
    pages: "Páginas",
    previous: "Anterior",
    next: "Siguiente",
    range: (from: number, to: number, total: string) => `${from} a ${to} de ${total}`,
    byEmail: "Enviada por correo",
    asked: (when: string) => `Pedida el ${when}`,
    again: (when: string) => `Nuevo intento ${when}`
  },
  order: {
    title: "Nueva factura",
    vendor: "Portal de facturación del comercio",
    vendorHint: "La dirección web que viene impresa en el ticket.",
    ticket: "Datos del ticket",
    how: "Cómo escribir los datos",
    paste: "Pegar texto",
    table: "Llenar tabla",
    lines: "Un dato por renglón",
    linesHint: "Escriba cada dato como en el ticket: el nombre, dos puntos y el valor.",
    example: "Folio: 4521887\nWeb ID: 99A7-X\nFecha: 2026-11-20\nTotal: 348.50",
    understood: (entries: number) => (entries === 1 ? "Se enviará este dato" : `Se enviarán estos ${entries} datos`),
    nothing: "Aquí aparecerá lo que se entienda del texto.",
    ignored: "Estos renglones no se enviarán",
    NO_COLON: "no tiene dos puntos",
    NO_LABEL: "no dice qué dato es",
    NO_VALUE: "no tiene valor",
    TWICE: "el dato ya tiene otro valor",
    TOO_MANY: "son más de 40 datos",
    TOO_LONG: "es demasiado largo",
    more: "Opciones",
    use: "Uso del CFDI",
    profileUse: "El de mi perfil",
    confirm: "Preguntarme antes de solicitar la factura",
    confirmHint: "El agente se detiene con el formulario lleno y espera su visto bueno.",
    notFound: "Si el portal aún no encuentra el ticket, volver a intentar",
    notFoundHint: "Algunos comercios tardan horas en cargar sus ventas.",
    submit: "Pedir factura",
    empty: "Escriba al menos un dato del ticket.",
    toProfile: "Completar el perfil fiscal",
    toConsent: "Revisar el aviso de privacidad",
    toDuplicate: "Ver la factura que ya está en proceso"
  }
}
