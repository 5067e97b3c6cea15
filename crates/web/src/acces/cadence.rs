//! La cadence : combien de demandes une adresse fait avant d'attendre, et ce qu'on lui dit.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Extensions, HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};

use super::session::AgentConnecte;
use super::visiteur;
use crate::api::probleme::{Probleme, TROP_DE_DEMANDES};
use crate::app::App;
use crate::erreur::ErreurWeb;

/// Où l'on frappe : chaque guichet a sa cadence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Guichet {
    Connexion,
    Public,
    Interface,
}

impl Guichet {
    /// Tant de demandes d'affilée, puis une tous les tant.
    fn cadence(self) -> (i32, SignedDuration) {
        match self {
            // Une préfecture entière sort par une seule adresse : les connexions du matin y passent.
            Self::Connexion => (60, SignedDuration::from_secs(2)),
            Self::Public => (300, SignedDuration::from_millis(200)),
            Self::Interface => (2_400, SignedDuration::from_millis(25)),
        }
    }
}

/// Au-delà, les plus anciennes s'oublient : la mémoire est bornée, qui que ce soit frappe.
const AU_PLUS: usize = 20_000;

/// Pour chaque adresse, l'instant où tout ce qu'elle a demandé aurait dû l'être.
type Suivies = BTreeMap<(Guichet, IpAddr), Timestamp>;

/// Les cadences en cours, en mémoire : arrêter le programme les oublie.
#[derive(Debug, Default)]
pub struct Cadences(Mutex<Suivies>);

impl Cadences {
    /// Compte une demande. Rend l'attente, quand il y en a eu trop.
    fn compter(
        &self,
        guichet: Guichet,
        adresse: IpAddr,
        maintenant: Timestamp,
    ) -> Option<SignedDuration> {
        let (d_affilee, une_tous_les) = guichet.cadence();
        let reserve = une_tous_les * d_affilee;
        let mut suivies = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Une horloge ramenée en arrière ne fait attendre personne.
        let du = suivies
            .get(&(guichet, adresse))
            .map(|du| du.duration_since(maintenant))
            .filter(|du| du.is_positive() && *du <= reserve)
            .unwrap_or_default();
        let apres = du + une_tous_les;
        if apres > reserve {
            return Some(apres - reserve);
        }
        if suivies.len() >= AU_PLUS {
            oublier(&mut suivies, maintenant);
        }
        suivies.insert((guichet, adresse), maintenant + apres);
        None
    }
}

/// Oublie qui n'a plus rien à attendre, puis, s'il le faut, la moitié la plus ancienne.
fn oublier(suivies: &mut Suivies, maintenant: Timestamp) {
    suivies.retain(|_, du| *du > maintenant);
    if suivies.len() > AU_PLUS / 2 {
        let mut instants: Vec<Timestamp> = suivies.values().copied().collect();
        instants.sort_unstable();
        let milieu = instants[instants.len() / 2];
        suivies.retain(|_, du| *du > milieu);
    }
}

/// L'attente due à ce guichet, en secondes.
fn attente(
    app: &App,
    guichet: Guichet,
    extensions: &Extensions,
    entetes: &HeaderMap,
) -> Option<i64> {
    let adresse = adresse(&app.config.mandataires, extensions, entetes)?;
    let attente = app.cadences.compter(guichet, adresse, app.maintenant())?;
    Some(attente.as_secs().max(1))
}

/// L'adresse de qui demande ; sans relais, la machine elle-même n'attend pas.
fn adresse(mandataires: &[IpAddr], extensions: &Extensions, entetes: &HeaderMap) -> Option<IpAddr> {
    let pair = extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    visiteur::adresse(pair, entetes, mandataires).filter(|a| !a.is_loopback()).map(par_reseau)
}

/// Une maison a soixante-quatre bits d'adresses en IPv6 : elle compte pour une.
fn par_reseau(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(ip) => Ipv6Addr::from_bits(ip.to_bits() & !u128::from(u64::MAX)).into(),
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// Fait attendre qui frappe trop à une page ouverte à tous. Une personne connectée n'attend pas.
pub(crate) async fn du_public(
    State(app): State<App>,
    requete: Request,
    suite: Next,
) -> Result<Response, ErreurWeb> {
    let entre = requete.uri().path() == "/connexion" && requete.method() == Method::POST;
    let connecte = requete.extensions().get::<AgentConnecte>().is_some();
    let guichet = if entre { Guichet::Connexion } else { Guichet::Public };
    if (entre || !connecte)
        && let Some(secondes) = attente(&app, guichet, requete.extensions(), requete.headers())
    {
        return Err(ErreurWeb::TropDeDemandes { secondes });
    }
    Ok(suite.run(requete).await)
}

/// Fait attendre une adresse qui interroge trop l'interface, avant de savoir qui elle est.
pub(crate) async fn de_l_interface(
    State(app): State<App>,
    requete: Request,
    suite: Next,
) -> Result<Response, Probleme> {
    let guichet = Guichet::Interface;
    if let Some(secondes) = attente(&app, guichet, requete.extensions(), requete.headers()) {
        let refus = Probleme::nouveau(&TROP_DE_DEMANDES, explication(secondes));
        return Err(refus.dans(secondes));
    }
    Ok(suite.run(requete).await)
}

/// Ce qui se passe, pourquoi, quoi faire.
pub(crate) fn explication(secondes: i64) -> String {
    let attente = match secondes {
        ..=1 => "une seconde".to_owned(),
        2..=90 => format!("{secondes} secondes"),
        _ => format!("{} minutes", (secondes + 59) / 60),
    };
    format!(
        "Trop de demandes sont venues d'ici en peu de temps : Seuil les espace, pour que personne ne devine un \
         mot de passe ni n'arrête le service. Rien n'a été enregistré. Recommencez dans {attente}."
    )
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn debut() -> Timestamp {
        "2026-11-21T08:00:00Z".parse().unwrap()
    }

    #[test]
    fn soixante_connexions_d_affilee_puis_une_toutes_les_deux_secondes() {
        let cadences = Cadences::default();
        let (une, autre): (IpAddr, IpAddr) = ([203, 0, 113, 7].into(), [203, 0, 113, 8].into());
        let essai = |adresse, instant| cadences.compter(Guichet::Connexion, adresse, instant);
        for n in 0..60 {
            assert_eq!(essai(une, debut()), None, "essai {n}");
        }
        assert_eq!(essai(une, debut()), Some(SignedDuration::from_secs(2)));
        assert_eq!(essai(autre, debut()), None);
        let apres = debut() + SignedDuration::from_secs(2);
        assert_eq!(essai(une, apres), None);
        assert!(essai(une, apres).is_some());
        let avant = debut() - SignedDuration::from_hours(24);
        assert_eq!(essai(une, avant), None, "l'horloge a reculé");
    }

    #[test]
    fn la_memoire_est_bornee_et_qui_attend_attend_encore() {
        let cadences = Cadences::default();
        let tetue: IpAddr = [203, 0, 113, 7].into();
        while cadences.compter(Guichet::Connexion, tetue, debut()).is_none() {}
        for n in 0_u32..60_000 {
            cadences.compter(Guichet::Public, std::net::Ipv4Addr::from(n).into(), debut());
        }
        assert!(cadences.0.lock().unwrap().len() <= AU_PLUS);
        assert!(cadences.compter(Guichet::Connexion, tetue, debut()).is_some());
    }

    #[test]
    fn un_voisin_se_compte_mais_pas_cette_machine_et_seul_un_relais_connu_se_croit() {
        let mut entetes = HeaderMap::new();
        entetes.insert("x-forwarded-for", HeaderValue::from_static("203.0.113.7"));
        let relais: &[IpAddr] = &[[198, 51, 100, 9].into()];
        for (voisin, connus, entetes, attendue) in [
            ("127.0.0.1:4000", &[][..], &entetes, Some("203.0.113.7")),
            ("127.0.0.1:4000", &[][..], &HeaderMap::new(), None),
            ("198.51.100.9:4000", &[][..], &entetes, Some("198.51.100.9")),
            ("198.51.100.9:4000", relais, &entetes, Some("203.0.113.7")),
            ("[2001:db8::1]:4000", &[][..], &HeaderMap::new(), Some("2001:db8::")),
        ] {
            let mut extensions = Extensions::new();
            extensions.insert(ConnectInfo::<SocketAddr>(voisin.parse().unwrap()));
            let attendue = attendue.map(|a| a.parse().unwrap());
            assert_eq!(adresse(connus, &extensions, entetes), attendue, "{voisin}");
        }
    }

    #[test]
    fn l_attente_se_dit_en_francais() {
        for (secondes, dit) in [(1, "une seconde."), (30, "30 secondes."), (600, "10 minutes.")] {
            assert!(explication(secondes).ends_with(dit), "{}", explication(secondes));
        }
    }
}
