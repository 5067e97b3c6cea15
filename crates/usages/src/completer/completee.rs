//! Une notice sans dossier, complétée en partie.
//!
//! Le registre garde la ligne telle que reçue et aucun journal ne la suit encore : ce qui a été
//! répondu attend au coffre, avec l'identité, le dossier qu'elle ouvrira.

use ccapex::notice::{Contenu, Identite, Notice};
use serde::{Deserialize, Serialize};

/// Ce que le coffre garde d'elle.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Completee {
    #[serde(flatten)]
    identite: Identite,
    /// Ce qu'elle dit désormais ; absent tant que rien n'a été répondu.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    complement: Option<Contenu>,
}

impl Completee {
    /// Ce qu'une notice dit désormais.
    pub(crate) fn de(notice: &Notice) -> Self {
        Self { identite: notice.identite.clone(), complement: Some(notice.contenu.clone()) }
    }

    /// Ce que la notice dit : au registre comme reçue, au coffre si elle a été complétée.
    pub(crate) fn lire(registre: &str, coffre: Option<&String>) -> (Contenu, Identite) {
        let gardee: Option<Self> = coffre.and_then(|ecrit| serde_json::from_str(ecrit).ok());
        let (identite, complement) =
            gardee.map_or_else(Default::default, |g| (g.identite, g.complement));
        let recue = || serde_json::from_str(registre).unwrap_or_default();
        (complement.unwrap_or_else(recue), identite)
    }
}
