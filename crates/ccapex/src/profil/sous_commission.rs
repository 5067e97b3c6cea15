//! Les sous-commissions, et celle que concerne une commune : une et une seule.

use std::collections::{BTreeMap, BTreeSet};

use droit::source::Source;
use territoire::communes_du_departement;

use super::champs::{Champs, Racine, enumerer};
use super::perimetre::Perimetre;

/// Une formation de la commission et son territoire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SousCommission {
    /// Le code : « saint-omer ».
    pub code: String,
    /// Le nom, comme on l'écrit dans une lettre.
    pub nom: String,
    /// Son territoire propre.
    pub perimetre: Perimetre,
    /// Prend aussi les communes qu'aucune autre ne prend.
    pub reste: bool,
    /// L'adresse où les notices arrivent.
    pub courriel: Option<String>,
    /// L'adresse postale.
    pub adresse: Option<String>,
    /// Le téléphone du secrétariat.
    pub telephone: Option<String>,
    /// Qui la pilote.
    pub copilotes: Vec<String>,
    /// Qui tient son secrétariat.
    pub secretariat: String,
    /// Comment elle siège, quand le profil distingue plusieurs façons.
    pub mode: Option<String>,
    /// Ce qu'il faut savoir avant de s'y fier.
    pub remarque: Option<String>,
    /// Le texte qui l'institue.
    pub source: Source,
}

/// Le rang de la sous-commission de chaque commune.
pub(super) type Routes = BTreeMap<&'static str, usize>;

pub(super) fn lire(racine: &Racine<'_>, departement: &str) -> (Vec<SousCommission>, Routes) {
    let champs = racine.liste("sous_commission", None);
    let lues: Vec<SousCommission> = champs.iter().map(|c| une(c, departement)).collect();
    if lues.is_empty() {
        racine.section("sous_commission");
    }
    for (rang, lue) in lues.iter().enumerate() {
        if lues[..rang].iter().any(|autre| autre.code == lue.code) {
            champs[rang].refuser(
                "code",
                format!("« {} » désigne deux sous-commissions", lue.code),
                "Donnez à chacune un code à elle.",
            );
        }
        if lue.reste && lues[..rang].iter().any(|autre| autre.reste) {
            champs[rang].refuser(
                "reste",
                "deux sous-commissions prennent le reste du département",
                "Gardez-en une.",
            );
        }
    }
    let routes = router(&champs, &lues, departement);
    (lues, routes)
}

fn une(champs: &Champs<'_>, departement: &str) -> SousCommission {
    let lue = SousCommission {
        code: champs.texte("code"),
        nom: champs.texte("nom"),
        perimetre: Perimetre::lire(champs, departement),
        reste: champs.booleen_option("reste").unwrap_or(false),
        courriel: champs.texte_option("courriel"),
        adresse: champs.texte_option("adresse"),
        telephone: champs.texte_option("telephone"),
        copilotes: champs.textes("copilotes"),
        secretariat: champs.texte("secretariat"),
        mode: champs.texte_option("mode"),
        remarque: champs.texte_option("remarque"),
        source: champs.source(),
    };
    if lue.perimetre.est_vide() && !lue.reste {
        champs.refuser(
            "",
            format!("la sous-commission « {} » n'a pas de territoire", lue.code),
            "Écrivez arrondissements = [\"…\"], communes = [\"…\"], ou reste = true.",
        );
    }
    verifier_courriel(champs, lue.courriel.as_deref());
    lue
}

pub(super) fn verifier_courriel(champs: &Champs<'_>, courriel: Option<&str>) {
    let valide = |c: &str| {
        c.split_once('@').is_some_and(|(nom, hote)| !nom.is_empty() && hote.contains('.'))
    };
    if let Some(faux) = courriel.filter(|c| !valide(c)) {
        champs.refuser(
            "courriel",
            format!("« {faux} » n'est pas une adresse électronique"),
            "Écrivez-la en entier : nom@domaine.fr.",
        );
    }
}

/// Chaque commune du département va à une sous-commission et une seule, ou le profil est refusé.
fn router(champs: &[Champs<'_>], lues: &[SousCommission], departement: &str) -> Routes {
    let mut routes = Routes::new();
    for (rang, lue) in lues.iter().enumerate() {
        let mut disputees: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for code in lue.perimetre.codes() {
            if let Some(premiere) = routes.get(code) {
                disputees.entry(*premiere).or_default().push(code);
            } else {
                routes.insert(code, rang);
            }
        }
        for (premiere, codes) in disputees {
            champs[rang].refuser(
                "",
                format!(
                    "« {} » prend {} déjà à « {} »",
                    lue.code,
                    cites(&codes),
                    lues[premiere].code
                ),
                "Chaque commune va à une seule sous-commission : retirez-les de l'une des deux.",
            );
        }
    }
    let toutes: BTreeSet<&'static str> =
        communes_du_departement(departement).map(|c| c.code).collect();
    let oubliees: Vec<&'static str> =
        toutes.into_iter().filter(|code| !routes.contains_key(code)).collect();
    match (lues.iter().position(|lue| lue.reste), champs.first()) {
        (Some(rang), _) => routes.extend(oubliees.into_iter().map(|code| (code, rang))),
        (None, Some(premiers)) if !oubliees.is_empty() => premiers.refuser(
            "",
            format!("aucune sous-commission ne prend {}", cites(&oubliees)),
            "Ajoutez-les à l'une, ou écrivez reste = true dans celle qui prend le reste.",
        ),
        (None, _) => {}
    }
    routes
}

/// « 3 communes (62041, 62042, 62043) » ; au-delà de cinq, les premières.
fn cites(codes: &[&str]) -> String {
    const CITEES: usize = 5;
    let suite = if codes.len() > CITEES { "…" } else { "" };
    let pluriel = if codes.len() > 1 { "s" } else { "" };
    format!("{} commune{pluriel} ({}{suite})", codes.len(), enumerer(codes.iter().take(CITEES)))
}
