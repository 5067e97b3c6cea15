//! Le serveur : écouter, répondre, s'arrêter sans couper une page en cours.

use std::net::SocketAddr;

use tokio::net::TcpListener;

use crate::app::App;
use crate::routes::router;

/// Sert les pages jusqu'à ce que `arret` se produise.
///
/// # Erreurs
///
/// Si l'écoute s'interrompt.
pub async fn servir(
    app: App,
    ecoute: TcpListener,
    arret: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(ecoute, service).with_graceful_shutdown(arret).await
}
